// Nothing typed is lost: a form with data-keep is kept in this tab until it was recorded, given back
// on reload, and wiped when the officer signs out. With data-form it goes to the server as well, so
// that it survives the tab: some seconds after the typing, and again once the connection is back.
"use strict";

const words = document.getElementById("keep-words")?.dataset;
const PREFIX = "motcua:";
const SENT = `${PREFIX}sent`;
const UNKEPT = new Set(["csrfmiddlewaretoken", "key", "revision", "seen", "known", "found", "again", "proof"]);
const SKIPPED = new Set(["file", "password", "hidden", "submit", "button"]);
const SEND_AFTER = 2_000; // milliseconds after something was typed; later words wait for the next
const TRY_AGAIN = 15_000;

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

const kept = (box) => box.name && !UNKEPT.has(box.name) && !SKIPPED.has(box.type);
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

// What stands in a form, on its way to the server. What could not be sent waits and is sent again.
class Carrier {
  constructor(form, blank) {
    Object.assign(this, { form, blank, stamp: "", timer: 0, waits: false, over: false });
    this.line = document.createElement("span");
    this.line.className = "soft";
    [...form.querySelectorAll(".buttons")].at(-1)?.append(this.line);
    addEventListener("online", () => this.waits && this.soon(0));
    addEventListener("motcua:session", () => this.waits && this.soon(0));
    addEventListener("visibilitychange", () => document.hidden && this.timer && this.send());
  }

  soon(wait = SEND_AFTER) {
    if (!this.form.dataset.form || this.over) return;
    this.waits = true;
    if (!wait) this.send();
    else this.timer ||= setTimeout(() => this.send(), wait);
  }

  stop() {
    clearTimeout(this.timer);
    this.over = true;
  }

  async send() {
    clearTimeout(this.timer);
    this.timer = 0;
    const told = JSON.stringify(read(this.form));
    const { form, keep: account } = this.form.dataset;
    const body = new URLSearchParams({ form, account, told });
    for (const name of ["csrfmiddlewaretoken", "key"]) body.set(name, this.form.elements[name]?.value ?? "");
    if (told === this.blank) body.set("do", "drop");
    this.waits = false;
    const answer = await fetch(words.unsent, { method: "POST", body, keepalive: true }).catch(() => null);
    if (this.over) return;
    if (answer?.ok) return this.arrived(await answer.json());
    // Only a line that is gone, or a house in trouble, is worth another try by the clock; a session
    // that is over waits for the next one.
    this.waits = !answer || answer.status === 401 || answer.status === 403 || answer.status >= 500;
    if (this.waits && answer?.status !== 401) this.timer ||= setTimeout(() => this.send(), TRY_AGAIN);
  }

  arrived(told) {
    this.stamp = told.stamp;
    this.line.textContent = told.stamp ? `${words.saved} ${told.saved}.` : "";
    this.noted?.();
    dispatchEvent(new CustomEvent("motcua:alive", { detail: told.seconds }));
  }
}

const named = (account, form) => `${PREFIX}${account}:${form}:`;
const placeOf = ({ dataset }) => `${named(dataset.keep, dataset.form ?? "")}${location.pathname}`;

function keep(form) {
  const place = placeOf(form);
  const blank = JSON.stringify(read(form));
  const before = JSON.parse(sessionStorage.getItem(place) ?? "null");
  const carrier = new Carrier(form, "answered" in form.dataset ? "" : blank);
  const save = () => {
    const told = read(form);
    sessionStorage.setItem(place, JSON.stringify({ told, at: Date.now(), stamp: carrier.stamp }));
  };
  carrier.noted = save;
  if (before && !("answered" in form.dataset) && JSON.stringify(before.told) !== blank) {
    fill(form, before.told);
    const offer = document.getElementById("unsent");
    if (offer && offer.dataset.stamp === before.stamp) offer.hidden = true; // the same words
    carrier.stamp = before.stamp;
    carrier.soon();
    say(`${words.restored} ${clock(before.at)}.`, words.drop, (told) => {
      sessionStorage.removeItem(place);
      fill(form, JSON.parse(blank));
      carrier.soon(0);
      told.remove();
    });
  }
  form.addEventListener("input", () => {
    save();
    carrier.soon();
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget === "_blank") return; // a look at the letter sends nothing
    if (navigator.onLine) {
      sessionStorage.setItem(SENT, place);
      carrier.stop();
      return;
    }
    event.preventDefault();
    save();
    carrier.soon();
    say(words.offline);
  });
  addEventListener("pageshow", (event) => event.persisted && (carrier.over = false));
}

// What was sent from another page than this one has been recorded: its answer led here.
const sent = sessionStorage.getItem(SENT);
sessionStorage.removeItem(SENT);
if (sent && !sent.endsWith(`:${location.pathname}`)) sessionStorage.removeItem(sent);

// The house says which form it has just recorded, also where it leads back to the page of the form.
if (words?.recorded) {
  const done = named(words.account, words.recorded);
  for (const place of Object.keys(sessionStorage)) {
    if (place.startsWith(done)) sessionStorage.removeItem(place);
  }
}

document.querySelectorAll("form[data-keep]").forEach(keep);
addEventListener("online", () => document.getElementById("keep-said") && say(words.online));

for (const form of document.querySelectorAll('form[action$="/dang-xuat"]')) {
  form.addEventListener("submit", () => sessionStorage.clear());
}
document.querySelector("#unsent form")?.addEventListener("submit", () => {
  for (const form of document.querySelectorAll("form[data-keep]")) {
    sessionStorage.removeItem(placeOf(form));
  }
});
