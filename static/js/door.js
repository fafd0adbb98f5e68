/* The list at the door. A tap shows at once, is kept on this phone, and goes out when it can:
   the later tap wins, wherever it was made. */
"use strict";

{
  const EVERY = 15_000;
  const MOST = 200;
  const CACHE = "door";
  const kept = window.localStorage;
  const door = () => $(".door");
  const prefix = () => `tap:${body.dataset.user}:${door().dataset.event}:`;
  const read = (key) => JSON.parse(kept.getItem(key));
  const taps = () => Object.keys(kept)
    .filter((key) => key.startsWith(prefix()))
    .map((key) => [key, read(key)])
    .sort(([, one], [, other]) => one.at - other.at);

  /* --- moments and ids --- */

  /* Phones' clocks differ: ours goes by the house's, and never backwards. The quickest answer tells
     best; a difference as small as its way is none. */
  const clock = () => JSON.parse(kept.getItem("door-clock") || '{"gap": 0, "took": 1e9, "at": 0}');

  function learnClock(house, sent, took) {
    if (clock().took <= took && Date.now() - clock().at < 600_000) return;
    const gap = house - sent - took / 2;
    kept.setItem("door-clock", JSON.stringify({ gap: Math.abs(gap) <= took ? 0 : gap, took, at: Date.now() }));
  }

  function moment() {
    const now = Math.round(Date.now() + clock().gap);
    const at = Math.max(now, Number(kept.getItem("door-last") || 0) + 1);
    kept.setItem("door-last", at);
    return at;
  }

  /* The house's form of ids: the time, then chance (UUIDv7). */
  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes.set([...Array(6).keys()].map((index) => Math.floor(Date.now() / 256 ** (5 - index)) % 256));
    bytes[6] = 0x70 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  /* --- what is shown --- */

  const rowOf = (guest) => $(`.door-row[data-guest="${guest}"]`);

  function setRow(row, presence) {
    row.dataset.presence = presence;
    $$("[data-tap]", row).forEach((button) => {
      const isOn = button.dataset.tap === presence;
      button.setAttribute("aria-pressed", String(isOn));
      button.value = `${row.dataset.guest} ${isOn ? "" : button.dataset.tap}`;
    });
  }

  function newRow(guest, name) {
    const row = $("[data-door-row]").content.firstElementChild.cloneNode(true);
    row.dataset.guest = guest;
    $(".door-who", row).textContent = name;
    $("[data-tap=no-show]", row).ariaLabel = name + $("[data-tap=no-show]", row).ariaLabel;
    $("[data-door-rows]").append(row);
    return row;
  }

  function show() {
    taps().forEach(([, tap]) => {
      shownMark = "";
      const row = rowOf(tap.guest) || (tap.kind === "walk-in" && newRow(tap.guest, tap.name));
      if (!row) return;
      if (tap.kind === "walk-in") setRow(row, "attended");
      if (tap.kind === "presence") setRow(row, tap.presence);
    });
    const rows = $$(".door-row", door());
    const come = rows.filter(({ dataset }) => dataset.presence === "attended");
    $("[data-came]").textContent = come.reduce((sum, { dataset }) => sum + Number(dataset.seats), 0);
    $(".door-complete").hidden = !come.length
      || rows.some(({ dataset }) => "expected" in dataset && !dataset.presence);
  }

  function state(why) {
    const told = $("[data-door-state]");
    const waiting = taps().length;
    const words = [door().dataset[`says${why}`], waiting && `${door().dataset.saysWaits} ${waiting}`];
    told.textContent = words.filter(Boolean).join(" ");
    told.hidden = !why;
    if (why === "Signin") told.append(" ", make("a", { href: door().dataset.page }, "→"));
  }

  function tellLost(sentences) {
    const told = $("[data-door-lost]");
    sentences.forEach((sentence) => told.append(make("li", {}, sentence)));
    told.hidden = !told.children.length;
  }

  let shownMark = ""; // of the list as the house sent it, with nothing tapped since

  function showList(list) {
    if (!list) return;
    const had = document.activeElement.closest("#door-list [data-tap], #door-list a");
    const guest = had?.closest(".door-row").dataset.guest;
    const open = $(".door-declined")?.open;
    $("#door-list").innerHTML = list;
    if (open && $(".door-declined")) $(".door-declined").open = true;
    if (guest) $(had.dataset.tap ? `[data-tap=${had.dataset.tap}]` : "a", rowOf(guest) || door())?.focus();
  }

  /* --- to the house and back --- */

  let isOnline = true;
  let isSending = false;
  let again = false;

  async function freshToken() {
    const answer = await fetch(door().dataset.page, { redirect: "manual" });
    if (!answer.ok) return;
    const { value } = $("[name=csrfmiddlewaretoken]", await pageOf(answer));
    $$("[name=csrfmiddlewaretoken]", door()).forEach((field) => { field.value = value; });
  }

  function ask(waiting) {
    const url = `${door().dataset.taps}?have=${shownMark}`;
    if (!waiting.length) return fetch(url, { redirect: "manual" });
    const headers = {
      "Content-Type": "application/json",
      "X-CSRFToken": $("[name=csrfmiddlewaretoken]", door()).value,
    };
    const text = JSON.stringify({ taps: waiting.map(([, tap]) => tap) });
    return fetch(url, { method: "POST", redirect: "manual", headers, body: text });
  }

  async function exchange(isSecondTry) {
    const waiting = taps().slice(0, MOST);
    const had = shownMark;
    const sent = Date.now();
    let answer;
    try {
      if (!navigator.onLine) throw new TypeError("offline");
      answer = await ask(waiting);
      if (answer.status === 403 && !isSecondTry) {
        await freshToken();
        return exchange(true);
      }
    } catch {
      isOnline = false;
      return state("Offline");
    }
    const took = Date.now() - sent;
    isOnline = true;
    if (answer.type === "opaqueredirect") return state("Signin");
    if (!answer.ok) return state("Offline");
    const told = await answer.json();
    learnClock(told.now, sent, took);
    waiting.filter(([key, tap]) => read(key)?.id === tap.id).forEach(([key]) => kept.removeItem(key));
    if (!door()) return null;
    showList(told.list);
    shownMark = told.list || shownMark === had ? told.mark : "";
    tellLost(told.lost);
    show();
    if (taps().length) again = true;
    return state("");
  }

  async function send() {
    again = true;
    if (isSending) return;
    isSending = true;
    while (again && door()) {
      again = false;
      await exchange(false);
    }
    isSending = false;
  }

  /* A newer tap on a guest takes the place of one not sent yet. */
  function tap(values) {
    const id = newId();
    const key = prefix() + (values.kind === "presence" ? values.guest : id);
    kept.setItem(key, JSON.stringify({ id, at: moment(), ...values }));
    show();
    if (!isOnline) state("Offline");
    send();
  }

  /* --- notes while there is no connection --- */

  function openNote(row) {
    const sheet = $("[data-door-note]").content.firstElementChild.cloneNode(true);
    $("h1", sheet).textContent = $(".door-who", row).textContent;
    $("[data-keep]", sheet).addEventListener("click", () => {
      const [interest, wishes] = ["interest", "wishes"].map((name) => $(`[name=${name}]`, sheet).value.trim());
      const wantsEvening = $("[name=wants_evening]", sheet).checked;
      if (interest || wishes || wantsEvening) {
        tap({ kind: "note", guest: row.dataset.guest, interest, wishes, wants_evening: wantsEvening });
      }
      sheet.close();
      tell(null, door().dataset.saysNoted);
    });
    sheet.addEventListener("close", () => sheet.remove());
    body.append(sheet);
    sheet.showModal();
  }

  /* --- clicks --- */

  document.addEventListener("click", (event) => {
    const target = event.target.closest(".door [data-tap], .door [data-note]");
    if (!target || event.ctrlKey || event.metaKey) return;
    const row = target.closest(".door-row");
    if (target.dataset.tap) {
      event.preventDefault();
      const presence = row.dataset.presence === target.dataset.tap ? "" : target.dataset.tap;
      tap({ kind: "presence", guest: row.dataset.guest, presence });
    } else if (!isOnline || !navigator.onLine || !target.href) {
      event.preventDefault();
      event.stopImmediatePropagation();
      openNote(row);
    }
  }, true);

  /* Before app.js, which sends no form without a connection. */
  window.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-door-newcomer]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const name = $("[name=name]", event.target);
    if (!name.value.trim()) return;
    tap({ kind: "walk-in", guest: newId(), name: name.value.trim() });
    name.value = "";
    name.focus();
  }, true);

  /* --- the page opens without a connection, too --- */

  async function keepPage() {
    if (!window.caches || !navigator.onLine) return;
    try {
      if (kept.getItem("door-user") !== body.dataset.user) await caches.delete(CACHE);
      kept.setItem("door-user", body.dataset.user);
      const cache = await caches.open(CACHE);
      const page = await fetch(door().dataset.page, { redirect: "manual" });
      if (page.ok) await cache.put(door().dataset.page, page);
      const parts = $$("script[src], link[rel=stylesheet]").map(({ src, href }) => src || href);
      await cache.addAll([...new Set(parts)]);
    } catch { /* next time */ }
  }

  const isWatched = () => door() && document.visibilityState === "visible" && !$("dialog[open]");

  window.addEventListener("online", () => door() && send());
  window.addEventListener("offline", () => door() && send());
  document.addEventListener("visibilitychange", () => isWatched() && send());
  document.addEventListener("house:ready", () => {
    shownMark = "";
    if (door()) show();
  });
  setInterval(() => isWatched() && send(), EVERY);
  if (door()) {
    show();
    send();
    keepPage();
  }
}
