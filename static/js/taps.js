/* Taps at the door that never arrived, since the list was left before: any page sends them, and
   signing out sends them before it forgets them. On the list itself door.js does so. */
"use strict";

const kept = (start) => Object.keys(localStorage).filter((key) => key.startsWith(start));

const leftBehind = () => kept(`tap:${body.dataset.user}:`)
  .map((key) => [key, JSON.parse(localStorage[key])])
  .sort(([, one], [, other]) => one.at - other.at);

/* One by one, so that one which is refused keeps no other from arriving; what was lost is told. */
async function sendTap(key, tap, token) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const post = { method: "POST", redirect: "manual", headers, signal: AbortSignal.timeout(4000) };
  const url = `/events/${key.split(":")[2]}/door/taps/`;
  const answer = await fetch(url, { ...post, body: JSON.stringify({ taps: [tap] }) });
  const isGone = answer.status === 404; // the evening was deleted
  if (!answer.ok && !isGone) throw new Error(`${answer.status}`);
  if (JSON.parse(localStorage.getItem(key))?.id === tap.id) localStorage.removeItem(key);
  return isGone ? [] : (await answer.json()).lost;
}

async function sendLeftBehind() {
  if (!body.dataset.user || $(".door") || !navigator.onLine || !leftBehind().length) return;
  try {
    const page = await fetch(body.dataset.more, { redirect: "manual" });
    const token = $("[name=csrfmiddlewaretoken]", await pageOf(page)).value;
    const lost = [];
    for (const [key, tap] of leftBehind()) lost.push(...await sendTap(key, tap, token));
    [says("Arrived"), ...lost].forEach((sentence) => tell(null, sentence));
  } catch { /* with the next page */ }
}

/* What door.js keeps goes when its partner goes, or another one comes. */
async function leaveDoor(form) {
  forget();
  await window.caches?.delete("door");
  const token = $("[name=csrfmiddlewaretoken]", form).value;
  for (const [key, tap] of leftBehind()) {
    await sendTap(key, tap, token);
    localStorage.removeItem(key);
  }
  kept("door-").forEach((key) => localStorage.removeItem(key));
}

window.addEventListener("online", sendLeftBehind);
sendLeftBehind();
