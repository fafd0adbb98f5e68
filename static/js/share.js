/* Words to send from one's own phone: every programme gets them as they stand in the field, and
   whoever was written to counts as invited. Without script the links carry the words as proposed. */
"use strict";

const wordsIn = (form) => $("[data-share-words]", form);

function setWords(form) {
  const { value } = wordsIn(form);
  $$("[data-share-begin]", form).forEach((link) => { link.href = link.dataset.shareBegin + encodeURIComponent(value); });
  $$("[data-copy]:not([data-share-plain])", form).forEach(({ dataset }) => { dataset.copy = value; });
}

function noteSent(form, how) {
  const data = new FormData(form);
  data.set("how", how);
  fetch(form.action, { method: "POST", body: data, keepalive: true, redirect: "manual" }).catch(() => {});
  const sheet = form.closest("dialog");
  if (sheet && !form.dataset.sent) sheet.addEventListener("close", () => location.reload());
  form.dataset.sent = how;
}

const showNative = () => $$("[data-share-native]").forEach((button) => { button.hidden = !navigator.share; });

document.addEventListener("input", ({ target }) => {
  if (target.matches("[data-share-words]")) setWords(target.form);
});

document.addEventListener("click", async ({ target }) => {
  const way = target.closest("[data-share-how]");
  if (!way) return;
  const form = way.closest("form");
  if (way.hasAttribute("data-share-native")) {
    try {
      await navigator.share({ text: wordsIn(form).value });
    } catch {
      return; // thought better of it
    }
  }
  noteSent(form, way.dataset.shareHow);
});

new MutationObserver(showNative).observe(document.body, { childList: true });
showNative();
