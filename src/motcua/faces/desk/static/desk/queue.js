// The queue: says what a swapped list holds, and falls back to whole pages where a swap cannot be.
"use strict";

const told = document.getElementById("told");
const say = (words) => told && (told.textContent = words);

// A session that ended, or a refusal, answers with another page: show that page whole.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (target.id !== "queue") return;
  if (xhr.status >= 400 || !xhr.responseText.includes('id="queue"')) {
    event.detail.shouldSwap = false;
    window.location.assign(xhr.responseURL);
  }
});
document.addEventListener("htmx:afterSettle", () => {
  const queue = document.getElementById("queue");
  if (queue) say(queue.dataset.told);
});
document.addEventListener("htmx:sendError", () => say(told?.dataset.lost));

// Choosing rows: a click with Shift chooses all since the last one; how many is told.
let last = null;
const boxes = () => [...document.querySelectorAll('#chosen input[name="chon"]')];

document.addEventListener("click", (event) => {
  const box = event.target.closest?.('#chosen input[name="chon"]');
  if (!box) return;
  const all = boxes();
  if (event.shiftKey && last?.isConnected) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    for (const one of all.slice(from, to + 1)) one.checked = box.checked;
  }
  last = box;
  tell();
});
document.addEventListener("change", (event) => {
  if (event.target.id === "here") for (const one of boxes()) one.checked = event.target.checked;
  if (event.target.id === "here") tell();
});

function tell() {
  const count = document.getElementById("count");
  if (!count) return;
  const chosen = boxes().filter((one) => one.checked).length;
  count.hidden = !chosen;
  count.textContent = `${count.dataset.words} ${chosen}`;
  if (chosen) say(count.textContent);
}

// A key that works on rows takes the row that has the focus where none is chosen.
document.addEventListener("desk:press", (event) => {
  const box = event.detail.row?.querySelector('input[name="chon"]');
  if (!box || boxes().some((one) => one.checked) || document.getElementById("all")?.checked) return;
  if ("gcp".includes(event.detail.key)) box.checked = true;
});

function prepare() {
  const here = document.getElementById("here");
  if (here) here.hidden = false;
  tell();
}
document.addEventListener("htmx:afterSettle", prepare);
window.addEventListener("pageshow", prepare);
prepare();
