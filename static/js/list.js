/* Choosing many in the list of people: a range by shift, how many, and sheets instead of pages. */
"use strict";

const boxes = (form) => $$('[name="ids"]', form);
const all = (form) => $('[name="query"]', form);
const isAll = (form) => all(form)?.checked;
let lastBox = null;

function countChosen(form) {
  const told = $(".many-count", form);
  if (!told) return;
  const picked = boxes(form).filter(({ checked }) => checked).length;
  const count = isAll(form) ? Number(all(form).dataset.count) : picked;
  told.textContent = ["", told.dataset.one][count] ?? told.dataset.many.replace("%s", count);
  $(".two-only", form).hidden = isAll(form) || picked !== 2;
}

document.addEventListener("click", (event) => {
  const box = event.target.closest('#many [name="ids"]');
  if (!box) return;
  const row = boxes(box.form);
  if (event.shiftKey && lastBox?.isConnected) {
    const [from, to] = [row.indexOf(lastBox), row.indexOf(box)].sort((a, b) => a - b);
    row.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
  }
  lastBox = box;
});

document.addEventListener("change", ({ target }) => {
  const form = target.closest("#many");
  if (!form) return;
  if (target.id === "picking" && !target.checked) {
    [...boxes(form), all(form)].forEach((one) => { one.checked = false; });
  }
  countChosen(form);
});

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.id !== "many" || !submitter?.formAction || submitter.dataset.page !== undefined) return;
  event.preventDefault();
  release();
  const asked = new URLSearchParams(new FormData(form));
  if (isAll(form)) asked.delete("ids");
  else asked.set("ids", asked.getAll("ids").join(","));
  openSheet({ href: `${submitter.formAction}?${asked}`, isConnected: true, focus: () => submitter.focus() });
});
