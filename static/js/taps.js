/* Taps at the door that never arrived, since the list was left before: any page with the main menu
   sends them, and so does signing out. An open list sends its own. */
"use strict";

const AT_ONCE = 200;
const KEPT_FOR = 2 * 24 * 60 * 60 * 1000; // after the tap, should its deleted evening come back
const kept = (start) => Object.keys(localStorage).filter((key) => key.startsWith(start));

/* By evening, each `[key, tap]` in the order of their moments. */
function leftBehind() {
  const start = `tap:${body.dataset.user}:`;
  const open = `${start}${$(".door")?.dataset.event}:`;
  const taps = kept(start).filter((key) => !key.startsWith(open)).map((key) => [key, JSON.parse(localStorage[key])]);
  const byEvening = new Map();
  taps.sort(([, one], [, other]) => one.at - other.at).forEach(([key, tap]) => {
    const evening = key.split(":")[2];
    byEvening.set(evening, [...byEvening.get(evening) || [], [key, tap]].slice(0, AT_ONCE));
  });
  return byEvening;
}

/* What was lost although it arrived; null where nothing was taken. */
async function sendTaps(evening, taps, token) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const post = { method: "POST", redirect: "manual", headers, signal: AbortSignal.timeout(15_000) };
  const text = JSON.stringify({ taps: taps.map(([, tap]) => tap) });
  const answer = await fetch(`/events/${evening}/door/taps/?have=nothing`, { ...post, body: text });
  const told = answer.ok ? await answer.json() : null;
  const old = Date.now() - KEPT_FOR;
  taps.filter(([, tap]) => told || (answer.status === 404 && tap.at < old))
    .filter(([key, tap]) => JSON.parse(localStorage.getItem(key))?.id === tap.id)
    .forEach(([key]) => localStorage.removeItem(key));
  return told?.lost;
}

/* One evening after the other, so that one which is refused keeps no other from arriving. */
async function sendLeftBehind(token) {
  const answers = [];
  try {
    for (const [evening, taps] of leftBehind()) answers.push(await sendTaps(evening, taps, token));
  } catch { /* no connection: with the next page */ }
  return answers.filter(Boolean);
}

/* What was lost stays on the page, since the tap is gone. */
function tellArrived(answers) {
  if (!answers.length) return;
  tell(null, says("Arrived"));
  answers.flat().forEach((sentence) => tell(null, sentence, true));
}

let isSending = false;

async function sendFromHere() {
  if (isSending || !body.dataset.more || !body.dataset.user || !navigator.onLine || !leftBehind().size) return;
  isSending = true;
  try {
    const page = await pageOf(await fetch(body.dataset.more, { redirect: "manual" }));
    const token = $("[name=csrfmiddlewaretoken]", page);
    // Somebody else may have signed in since.
    if (token && page.body.dataset.user === body.dataset.user) tellArrived(await sendLeftBehind(token.value));
  } catch { /* with the next page */ }
  isSending = false;
}

/* What door.js keeps goes when its partner goes, or another one comes; a tap that cannot arrive now
   waits for its partner to sign in again. */
async function leaveDoor(form) {
  forget();
  await window.caches?.delete("door");
  await sendLeftBehind($("[name=csrfmiddlewaretoken]", form).value);
  kept("door-").forEach((key) => localStorage.removeItem(key));
}

window.addEventListener("online", sendFromHere);
sendFromHere();
