// The counter: narrows the cards of procedures while an officer types, without accents.
// Without it the same box asks the server. Ctrl+Enter is one of the desk's keys (keys.js).
"use strict";

const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

for (const form of document.querySelectorAll("form[data-filters]")) {
  const cards = [...(document.getElementById(form.dataset.filters)?.children ?? [])];
  const texts = cards.map((card) => fold(card.textContent));
  const box = form.querySelector("input[type=search]");
  const shown = () => cards.filter((card) => !card.hidden);
  box.addEventListener("input", () => {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    cards.forEach((card, at) => (card.hidden = !words.every((word) => texts[at].includes(word))));
    const told = document.getElementById(`${form.dataset.filters}-count`);
    if (told) told.textContent = String(shown().length);
  });
  form.addEventListener("submit", (event) => {
    const [only, ...others] = shown();
    if (box.value.trim() && only && !others.length) {
      event.preventDefault();
      only.querySelector("a").click();
    }
  });
}

// After the look-up the focus stands where something is still to be said, else on the button.
const isBlank = (field) =>
  !field.querySelector(".optional") &&
  ![...field.querySelectorAll("input, select, textarea")].some((box) =>
    box.type === "radio" || box.type === "checkbox" ? box.checked : box.value.trim(),
  );
const answered = document.querySelector("form.take-in[data-answered]");
if (answered && !document.getElementById("errors") && !answered.querySelector(".offers")) {
  const blank = [...answered.querySelectorAll(".field")].find(isBlank);
  blank?.querySelector("input, select, textarea").focus();
}
