// The end of a session is known: three minutes before it a dialog says so, and one press goes on.
// After it, signing in leads back to this very page; where files were chosen, in a tab beside it, so
// that they are not lost. What one tab does keeps the others alive, and they hear of it.
"use strict";

const told = document.getElementById("session-words").dataset;
const WARN = 180; // seconds
const LOOK = 5_000; // milliseconds
const others = new BroadcastChannel("motcua-session");
let ends, warned, last;

const alive = (seconds) => {
  ends = Date.now() + seconds * 1000;
  warned = false;
};
const left = () => (ends - Date.now()) / 1000;

const dialog = document.createElement("dialog");
dialog.className = "ask";
dialog.setAttribute("aria-labelledby", "session-said");
const line = document.createElement("p");
line.id = "session-said";
const button = document.createElement("button");
button.type = "button";
button.className = "button";
dialog.append(line, button);
document.body.append(dialog);

const ask = (text, label, act) => {
  line.textContent = text;
  button.textContent = label;
  button.onclick = act;
  if (!dialog.open) dialog.showModal();
};

// A new session has another token for forms: this page takes it over, and its own words stay.
const renew = async () => {
  const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!token) return;
  for (const box of document.querySelectorAll("[name=csrfmiddlewaretoken]")) box.value = token;
  alive(Number(page.getElementById("session-words")?.dataset.seconds ?? 0));
  last = false;
  dialog.close();
  dispatchEvent(new Event("motcua:session"));
};

const chosen = () => [...document.querySelectorAll("input[type=file]")].some((box) => box.files.length);
const enter = () => {
  const here = told.here || told.work;
  if (chosen()) open(told.work, "_blank");
  else location.assign(here);
};

const stay = async () => {
  const answer = await fetch(told.session, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok) {
    if (left() <= 0) gone();
    return;
  }
  const { seconds } = await answer.json();
  alive(seconds);
  others.postMessage(seconds);
  if (seconds > WARN) dialog.close();
  else {
    last = true; // it has lasted as long as one may
    ask(told.last, told.close, () => dialog.close());
  }
};

const gone = () => ask(told.gone, told.enter, enter);

alive(Number(told.seconds));
others.postMessage(Number(told.seconds));
others.onmessage = ({ data }) => {
  if (left() <= 0) return renew();
  alive(data);
  if (dialog.open && !last) dialog.close();
};
addEventListener("motcua:alive", ({ detail }) => detail && alive(detail));
addEventListener("focus", () => left() <= 0 && renew());
setInterval(() => {
  if (left() <= 0) {
    if (!dialog.open || button.onclick !== enter) gone();
  } else if (left() <= WARN && !warned && !last) {
    warned = true;
    ask(told.soon, told.stay, stay);
  }
}, LOOK);
