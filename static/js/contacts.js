/* The phone's own contact picker, where the browser has one; nothing leaves that was not picked. */
"use strict";

const picker = document.querySelector("[data-picker]");
const WANTED = ["name", "tel", "email", "address"];

async function pick() {
  const known = await navigator.contacts.getProperties();
  const asked = WANTED.filter((property) => known.includes(property));
  const people = await navigator.contacts.select(asked, { multiple: true });
  if (!people.length) return;
  picker.elements.picked.value = JSON.stringify(people);
  picker.requestSubmit();
}

if (picker && navigator.contacts?.select) {
  picker.hidden = false;
  picker.querySelector("[data-pick]").addEventListener("click", () => pick().catch(() => {}));
}
