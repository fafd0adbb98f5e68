/* Choosing many in the list of people: a range by shift, how many, and sheets instead of pages. */
"use strict";

const boxes = (form) => $$('[name="ids"]', form);
const isAll = (form) => $('[name="query"]', form)?.checked;
let lastBox = null;

function countChosen(form) {
  const told = $(".many-count", form);
  if (!told) return;
  const count = isAll(form) ? 0 : boxes(form).filter(({ checked }) => checked).length;
  told.textContent = ["", told.dataset.one][count] ?? told.dataset.many.replace("%s", count);
  $(".two-only", form).hidden = count !== 2;
}

document.addEventListener("click", (event) => {
  const box = event.target.closest('#many [name="ids"]');
  if (!box) return;
  const all = boxes(box.form);
  if (event.shiftKey && lastBox?.isConnected) {
    const [from, to] = [all.indexOf(lastBox), all.indexOf(box)].sort((a, b) => a - b);
    all.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
  }
  lastBox = box;
});

document.addEventListener("change", ({ target }) => {
  const form = target.closest("#many");
  if (!form) return;
  if (target.id === "picking" && !target.checked) {
    [...boxes(form), $('[name="query"]', form)].forEach((one) => { one.checked = false; });
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
