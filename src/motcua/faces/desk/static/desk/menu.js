// The menu of a narrow screen opens and closes by itself; Escape, or a press beside it, closes it too
// and leaves the focus where it was opened.
"use strict";

const menu = document.querySelector(".rail.menu details");
const shut = () => {
  menu.open = false;
};
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  event.preventDefault(); // the keys of the desk would leave the page
  shut();
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => menu?.open && !menu.contains(event.target) && shut());
