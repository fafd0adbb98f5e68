/* Small helps around signing in: an eye for passwords, passkeys only where the browser can. */
"use strict";

document.querySelectorAll("[data-reveal]").forEach((button) => {
  const field = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    field.toggleAttribute("data-revealed", !shown);
    button.setAttribute("aria-pressed", String(!shown));
    field.focus();
  });
});

/* A page opened by number (127.0.0.1) has no name a passkey could belong to. */
const hasName = !/^[\d.]+$|:/.test(window.location.hostname);
const canUsePasskeys = Boolean(window.PublicKeyCredential) && hasName;

document.querySelectorAll("[data-passkeys]").forEach((element) => {
  element.hidden = (element.dataset.passkeys === "possible") !== canUsePasskeys;
});

document.addEventListener("allauth.error", (event) => {
  const problem = document.getElementById("passkey-problem");
  if (!problem) return;
  event.preventDefault();
  problem.hidden = false;
});
