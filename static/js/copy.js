/* A button with words to copy: <button data-copy="words" data-done="Copied">; it says so for a moment. */
"use strict";

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    return; // not allowed here: the words beside it can be marked by hand
  }
  const said = button.textContent;
  if (said === button.dataset.done) return;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = said; }, 2000);
});
