// Nothing typed is lost: a form with data-keep is kept in this tab until it was recorded, is given
// back on reload, waits while the connection is gone, and is wiped when the officer signs out.
// Two minutes before a session ends it says so; signing in again, in another tab, loses nothing.
"use strict";

const words = document.getElementById("keep-words")?.dataset;
const PREFIX = "motcua:";
const SENT = `${PREFIX}sent`;
const UNKEPT = new Set(["csrfmiddlewaretoken", "key", "revision", "seen", "known", "found", "again"]);
const SKIPPED = new Set(["file", "password", "hidden", "submit", "button"]);
const WARN_SECONDS = 120;

const say = (text, label, act) => {
  document.getElementById("keep-said")?.remove();
  const told = document.createElement("div");
  told.id = "keep-said";
  told.className = "notice is-soon";
  told.setAttribute("role", "status");
  const line = document.createElement("p");
  line.textContent = text;
  told.append(line);
  if (label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button second small";
    button.textContent = label;
    button.addEventListener("click", () => act(told));
    told.append(button);
  }
  document.getElementById("main").prepend(told);
};

const kept = (box) => box.name && !UNKEPT.has(box.name) && !SKIPPED.has(box.type) && box.name !== "proof";
const boxes = (form) => [...form.elements].filter(kept);
const ticks = (box) => box.type === "checkbox" || box.type === "radio";

const read = (form) =>
  boxes(form).flatMap((box) =>
    ticks(box) ? (box.checked ? [[box.name, box.value]] : []) : box.value ? [[box.name, box.value]] : [],
  );

const fill = (form, told) => {
  const values = new Set(told.map(([name, value]) => `${name}\n${value}`));
  for (const box of boxes(form)) {
    if (ticks(box)) box.checked = values.has(`${box.name}\n${box.value}`);
    else box.value = (told.find(([name]) => name === box.name) ?? ["", ""])[1];
  }
};

const clock = (at) => new Date(at).toTimeString().slice(0, 5);

function keep(form) {
  const place = `${PREFIX}${form.dataset.keep}:${location.pathname}`;
  const blank = JSON.stringify(read(form));
  const before = JSON.parse(sessionStorage.getItem(place) ?? "null");
  if (before && !("answered" in form.dataset) && JSON.stringify(before.told) !== blank) {
    fill(form, before.told);
    say(`${words.restored} ${clock(before.at)}.`, words.drop, (told) => {
      sessionStorage.removeItem(place);
      fill(form, JSON.parse(blank));
      told.remove();
    });
  }
  const save = () => {
    const told = read(form);
    sessionStorage.setItem(place, JSON.stringify({ told, at: Date.now() }));
  };
  form.addEventListener("input", save);
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      sessionStorage.setItem(SENT, place);
      return;
    }
    event.preventDefault();
    save();
    say(words.offline);
  });
}

// What was sent from another page than this one has been recorded: its answer led here.
const sent = sessionStorage.getItem(SENT);
sessionStorage.removeItem(SENT);
if (sent && !sent.endsWith(`:${location.pathname}`)) sessionStorage.removeItem(sent);

document.querySelectorAll("form[data-keep]").forEach(keep);
addEventListener("online", () => document.getElementById("keep-said") && say(words.online));

for (const form of document.querySelectorAll('form[action$="/dang-xuat"]')) {
  form.addEventListener("submit", () => sessionStorage.clear());
}

let ends;
const again = () => {
  ends = Date.now() + Number(words.minutes) * 60000;
};
// A new session has another token for forms: this page takes it over, and its own words stay.
const renew = async () => {
  const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!token) return;
  for (const box of document.querySelectorAll("[name=csrfmiddlewaretoken]")) box.value = token;
  again();
  document.getElementById("keep-said")?.remove();
};
const stay = async (told) => {
  const answer = await fetch(words.work, { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (answer?.ok) {
    again();
    told.remove();
  } else {
    say(words.gone, words.enter, () => open(words.work, "_blank"));
  }
};
if (words) {
  again();
  addEventListener("focus", () => Date.now() > ends && renew());
  setInterval(() => {
    const left = (ends - Date.now()) / 1000;
    if (left <= 0) say(words.gone, words.enter, () => open(words.work, "_blank"));
    else if (left <= WARN_SECONDS) say(words.soon, words.stay, stay);
  }, 15000);
}
