/* The words of an invitation, as they were changed on the page, travel with each way of sharing. */
"use strict";

const words = document.querySelector("[data-share-text]");
const now = document.querySelector("[data-share-now]");

function carry() {
  for (const link of document.querySelectorAll("[data-share]")) {
    link.href = link.dataset.share + encodeURIComponent(words.value);
  }
  document.querySelector("[data-copy]").dataset.copy = words.value;
}

if (words) {
  words.addEventListener("input", carry);
  if (navigator.share) now.hidden = false;
  now.addEventListener("click", () => navigator.share({ text: words.value }).catch(() => {}));
}
