/* The phone stays awake while a list or a code is shown. */
"use strict";

async function stayAwake() {
  if (document.visibilityState !== "visible" || !navigator.wakeLock) return;
  try {
    await navigator.wakeLock.request("screen");
    document.querySelectorAll("[data-awake]").forEach((told) => { told.hidden = false; });
  } catch { /* a nearly empty battery comes first */ }
}

document.addEventListener("visibilitychange", stayAwake);
stayAwake();
