// The toast goes after ten seconds, but not from under a hand or a focus that is on it.
"use strict";

const SHOWN = 10_000;
const toast = document.querySelector("[data-toast]");
const held = () => toast.matches(":hover, :focus-within");
const go = () => (held() ? setTimeout(go, 1_000) : toast.remove());
if (toast) setTimeout(go, SHOWN);
