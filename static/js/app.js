/* Makes our plain pages pleasant; each works without. Words come from data-says-* on <body>. */
"use strict";

const { body } = document;
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const says = (key) => body.dataset[`says${key}`] || "";
const make = (tag, attributes, text = "") => {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach((pair) => element.setAttribute(...pair));
  element.textContent = text;
  return element;
};

/* --- toasts --- */

const TOAST_STAYS = 8000;

function fade(toast) {
  if (toast.matches(":hover, :focus-within")) return setTimeout(fade, 2000, toast);
  toast.classList.add("is-leaving");
  return setTimeout(() => toast.remove(), 400);
}

const fadeToasts = () => $$(".toast-note:not([data-seen])").forEach((toast) => {
  toast.dataset.seen = "";
  setTimeout(fade, TOAST_STAYS, toast);
});

/* Toasts lie below a sheet; one that stays does so on every page, until it is closed. */
function tell(form, text, stays) {
  if (form?.closest("dialog")) {
    $(".form-problem", form)?.remove();
    form.prepend(make("p", { class: "form-problem", role: "alert" }, text));
    return;
  }
  const toast = make("div", { class: "toast-note", ...stays && { "data-seen": "", "data-stays": "" } });
  toast.append(make("span", {}, text));
  if (stays) {
    const close = make("button", { class: "toast-undo", type: "button" }, says("Close"));
    close.addEventListener("click", () => {
      toast.remove();
      $("#main").focus({ preventScroll: true });
    });
    toast.append(close);
  }
  $("#toasts")?.append(toast);
  fadeToasts();
}

const staying = () => $$("#toasts [data-stays]");

/* --- drafts: what was typed survives a lost connection --- */

const DRAFT = `draft:${body.dataset.user || ""}:`;
const SENT = "sent-draft";
const UNKEPT = /^(csrfmiddlewaretoken|next|.*password.*)$/;
const store = window.sessionStorage;

const forget = (except) => Object.keys(store)
  .filter((key) => key.startsWith("draft:") && !(except && key.startsWith(except)))
  .forEach((key) => store.removeItem(key));
const keyOf = (form) => DRAFT + form.dataset.draft;
const isFresh = (form) => !$(".is-invalid, .field-error, .alert-danger", form);
const typed = (form) => JSON.stringify(
  [...new FormData(form)].filter(([name, value]) => !UNKEPT.test(name) && typeof value === "string"),
);
const keep = (form) => store.setItem(keyOf(form), typed(form));

function fill(form, saved) {
  [...form.elements].filter(({ name }) => name && !UNKEPT.test(name)).forEach((field) => {
    const values = saved.filter(([name]) => name === field.name).map(([, value]) => value);
    if (/^(checkbox|radio)$/.test(field.type)) field.checked = values.includes(field.value);
    else if (values.length && field.type !== "file") [field.value] = values;
  });
  $$("details", form).forEach((group) => {
    group.open ||= $$("input, textarea", group).some(({ value, defaultValue }) => value !== defaultValue);
  });
}

function restoreDraft(form) {
  const saved = store.getItem(keyOf(form));
  if (!saved || !isFresh(form) || saved === typed(form)) return;
  fill(form, JSON.parse(saved));
  const note = make("p", { class: "draft-note", role: "status" }, says("Restored"));
  const afresh = make("button", { type: "button", class: "btn btn-quiet" }, says("Discard"));
  afresh.addEventListener("click", () => {
    store.removeItem(keyOf(form));
    form.reset();
    note.remove();
  });
  note.append(afresh);
  form.prepend(note);
}

/* A plain submit went well unless a plain page follows (sign-in), or the form with its errors. */
function settleSent() {
  const key = store.getItem(SENT);
  store.removeItem(SENT);
  if (!key || body.dataset.shell === "plain") return;
  const again = $$("form[data-draft]").find((form) => keyOf(form) === key);
  if (!again || isFresh(again)) store.removeItem(key);
}

/* --- sheets: a linked page's #main in a dialog --- */

const OUTDATED = 403; // signed in anew in another tab: only a fresh page has the new token
const here = () => location.pathname + location.search;
const ask = (url, options) => fetch(url, { ...options, headers: { "X-Requested-With": "sheet" } });
const pageOf = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
let shown = here();

function becomePage(page, url) {
  document.title = page.title;
  ["#main", ".nav-bar"].forEach((part) => $(part).replaceWith(document.adoptNode($(part, page))));
  $("#toasts").replaceChildren(...$("#toasts", page).childNodes, ...staying());
  if (url !== location.href) {
    history.pushState(null, "", url);
    shown = here();
    window.scrollTo(0, 0);
  }
  window.htmx?.process(body);
  ready($("#main"));
  $("#main").focus({ preventScroll: true });
}

function fillSheet(sheet, page, url) {
  const content = make("div", { class: "sheet-body" });
  content.append(...$("#main", page).childNodes);
  sheet.dataset.url = url;
  $(".sheet-body", sheet)?.remove();
  sheet.append(content);
  sheet.setAttribute("aria-label", $("h1", content)?.textContent.trim() || page.title);
  window.htmx?.process(content);
  ready(content);
  ($(".is-invalid, [autofocus]", content) || $("input:not([type=hidden]), textarea, a", content))?.focus();
}

async function openSheet(link) {
  let answer;
  try {
    answer = await ask(link.href);
  } catch {
    return tell(null, says("Offline"));
  }
  const page = await pageOf(answer);
  if (!answer.ok || page.body.dataset.shell !== "app") return location.assign(link.href);
  const sheet = make("dialog", { class: "sheet" });
  sheet.append(make("button", { class: "sheet-close", type: "button", "data-close": "", "aria-label": says("Close") }, "✕"));
  sheet.addEventListener("close", () => {
    sheet.remove();
    if (link.isConnected) link.focus();
  });
  body.append(sheet);
  sheet.showModal();
  return fillSheet(sheet, page, answer.url);
}

async function sendSheet(form, submitter) {
  const sheet = form.closest("dialog");
  const url = form.getAttribute("action") || sheet.dataset.url;
  form.setAttribute("aria-busy", "true");
  let answer;
  try {
    answer = await ask(url, { method: "POST", body: new FormData(form, submitter) });
  } catch {
    return tell(form, says("Offline"));
  } finally {
    form.removeAttribute("aria-busy");
  }
  const page = await pageOf(answer);
  if ([409, 422].includes(answer.status)) return fillSheet(sheet, page, url);
  if (answer.status === OUTDATED) {
    if (form.dataset.draft) keep(form);
    return location.assign(sheet.dataset.url);
  }
  if (!answer.ok) return tell(form, says("Failed"));
  if (page.body.dataset.shell !== "app") return location.assign(answer.url);
  store.removeItem(keyOf(form));
  sheet.close();
  return becomePage(page, answer.url);
}

/* --- clicks, keys, submits --- */

function openSearch() {
  const dialog = $("#search-dialog");
  if (!dialog || $("dialog[open]")) return false;
  dialog.showModal();
  $("input", dialog).select();
  return true;
}

function press({ dataset }) {
  const field = $(dataset.fill);
  field.value = field.value === dataset.value ? "" : dataset.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const showPressed = (field) => $$(`[data-fill="#${field.id}"]`).forEach((chip) => {
  chip.setAttribute("aria-pressed", String(chip.dataset.value === field.value));
});

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-fill], [data-close], [data-sheet], [data-search], [data-print], dialog");
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const dialog = target.closest("dialog");
  const does = (name) => target.hasAttribute(`data-${name}`);
  if (does("fill")) press(target);
  else if (does("print")) window.print();
  else if (does("search") && openSearch()) event.preventDefault();
  else if (does("sheet") || (does("close") && dialog)) {
    event.preventDefault();
    dialog?.close();
    if (does("sheet")) openSheet(target);
  } else if (target === event.target && target === dialog) dialog.close();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  const wanted = ((event.ctrlKey || event.metaKey) && event.key === "k") || (event.key === "/" && !typing);
  if (wanted && openSearch()) event.preventDefault();
  const search = event.target.closest("#search-dialog");
  if (!search || !/^Arrow(Down|Up)$/.test(event.key)) return;
  const stops = [$("input", search), ...$$(".result", search)];
  const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  stops[(next + stops.length) % stops.length].focus();
  event.preventDefault();
});

document.addEventListener("input", ({ target }) => {
  showPressed(target);
  if (target.form?.dataset.draft) keep(target.form);
});

const release = () => $$("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy"));

/* A form on its way is not sent again, none is sent offline. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  const search = form.closest("#search-dialog");
  const first = search && $(".result", search);
  const isLost = form.method === "post" && !navigator.onLine;
  const inSheet = form.method === "post" && form.closest("dialog.sheet");
  if (form.hasAttribute("aria-busy") || first || isLost || inSheet) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  if (form.hasAttribute("aria-busy") || form.method !== "post") first?.click();
  else if (isLost) tell(form, says("Offline"));
  else if (inSheet) sendSheet(form, event.submitter);
  else {
    form.setAttribute("aria-busy", "true");
    setTimeout(release, form.hasAttribute("data-download") ? 1500 : 15000); // a file leaves the page as it is
    if (form.hasAttribute("data-signout")) {
      event.preventDefault();
      (window.leaveDoor?.(form) ?? Promise.resolve()).finally(() => form.submit());
    }
    if (form.dataset.draft) {
      keep(form);
      store.setItem(SENT, keyOf(form));
    }
  }
}, true);

window.addEventListener("pageshow", release);
window.addEventListener("popstate", () => here() !== shown && location.reload());

/* --- htmx --- */

document.addEventListener("htmx:afterRequest", release);
document.addEventListener("htmx:sendError", ({ target }) => tell(target.closest("form"), says("Offline")));
document.addEventListener("htmx:responseError", ({ target, detail }) => {
  if (detail.xhr.status === OUTDATED) location.reload();
  else tell(target.closest("form"), says("Failed"));
});
document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  if (detail.target.id === "toasts") detail.fragment.append(...staying());
});
document.addEventListener("htmx:afterSettle", ({ target }) => {
  ready(document, target);
  if (target.id === "main" && document.activeElement === body) target.focus({ preventScroll: true });
});

/* A form of which only a part came anew keeps what stands in it. */
function ready(root, part) {
  $$("form[data-draft]", root).filter((form) => form === part || !form.contains(part)).forEach(restoreDraft);
  $$("input[id]", root).forEach(showPressed);
  fadeToasts();
  document.dispatchEvent(new Event("house:ready"));
}

document.documentElement.classList.add("has-script");
if (body.dataset.user) forget(DRAFT);
if (body.dataset.user && ![null, body.dataset.user].includes(localStorage.getItem("door-user"))) window.caches?.delete("door");
settleSent();
ready(document);
if (body.dataset.worker) navigator.serviceWorker?.register(body.dataset.worker).catch(() => {});
