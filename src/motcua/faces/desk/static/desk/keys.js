// Keys of the desk. A control names its key by data-key; pressing it is pressing the control.
// Rows of a list (data-row) are walked with J and K, opened with Enter and chosen with X.
// Alt with a key does the same, for who types Vietnamese by Telex: there letters are tones.
"use strict";

const CODES = { Slash: "/", BracketLeft: "[", BracketRight: "]" };
const NOTE = 'main [name="reason"]'; // the box for the words of an act
const shown = (node) => node.checkVisibility?.() ?? true;
const first = (query) => [...document.querySelectorAll(query)].find(shown);
const rows = () => [...document.querySelectorAll("[data-row]")].filter(shown);
const current = () => document.activeElement?.closest?.("[data-row]");

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey) {
    if (event.key === "Enter" && !event.altKey) done(event, send());
    return;
  }
  const key = keyOf(event);
  if (key === "Escape") return leave(event);
  if (writes(event.target) || document.querySelector("dialog[open]")) return;
  done(event, (LISTS[key] ?? press)(key, event));
});

// Where Alt is held, the key's place counts: what it would write depends on the keyboard.
function keyOf(event) {
  if (!event.altKey) return event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.code === "Slash" && event.shiftKey) return "?";
  return CODES[event.code] ?? (/^Key[A-Z]$/.test(event.code) ? event.code[3].toLowerCase() : "");
}

function writes(node) {
  if (node.isContentEditable || node.matches?.("textarea, select")) return true;
  return node.matches?.("input") && !/^(checkbox|radio|button|submit|reset|file)$/.test(node.type);
}

function done(event, acted) {
  if (acted) event.preventDefault();
}

const LISTS = {
  j: () => walk(1),
  k: () => walk(-1),
  x: (key, event) => choose(event.shiftKey),
  "": () => false,
};

function walk(step) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(current());
  const to = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
  const row = all[Math.min(Math.max(to, 0), all.length - 1)];
  (row.querySelector("a") ?? row.querySelector("input"))?.focus();
  return true;
}

function choose(range) {
  const row = current();
  const box = row?.querySelector("input[type=checkbox]");
  if (!box) return false;
  box.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: range }));
  return true;
}

function press(key) {
  if (key === "Enter" || key === " " || key === "Tab") return false;
  const control = first(`[data-key="${CSS.escape(key)}"]`) ?? (key === "m" && first(NOTE));
  if (!control) return false;
  if (control.matches("input, select, textarea")) {
    control.focus();
    control.select?.();
  } else {
    document.dispatchEvent(new CustomEvent("desk:press", { detail: { key, row: current() } }));
    control.click();
  }
  return true;
}

// Ctrl+Enter sends the form that is being filled in, or the page's only one.
function send() {
  const form = document.activeElement?.closest?.("form") ?? first("main form[method=post]");
  if (!form || form.closest("header, .bar")) return false;
  const button = [...form.elements].find((one) => one.matches(".button:not(.second):not(.danger)"));
  form.requestSubmit(button);
  return true;
}

function leave(event) {
  if (document.querySelector("dialog[open]")) return; // the browser closes it
  if (writes(event.target)) return event.target.blur();
  const way = first('[data-key="escape"], a.back');
  if (way) done(event, (way.click(), true));
}

// The sheet of keys: a page of its own, shown over this one.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.('a[data-key="?"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href).catch(() => null);
  const text = answer?.ok ? await answer.text() : "";
  const sheet = new DOMParser().parseFromString(text, "text/html").getElementById("keys");
  if (!sheet) return window.location.assign(link.href);
  const dialog = document.createElement("dialog");
  dialog.className = "sheet-of-keys";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const heading = sheet.querySelector("h1");
  heading.tabIndex = -1;
  heading.autofocus = true; // not the switch: Enter would turn it
  dialog.append(sheet);
  dialog.addEventListener("close", () => (dialog.remove(), link.focus()));
  dialog.addEventListener("click", (one) => one.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
});
