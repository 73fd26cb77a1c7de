// Passkeys: asks for a challenge, has the device sign it, and sends the form with the answer.
// A form stays hidden where no passkey could work: an old browser, or another address.
"use strict";

const able =
  window.isSecureContext &&
  typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function" &&
  typeof window.PublicKeyCredential?.parseCreationOptionsFromJSON === "function";

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (able && form.dataset.origin === window.location.origin) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go(form);
    });
    form.hidden = false;
  }
}

async function go(form) {
  const [button, alert] = [form.querySelector("button"), form.querySelector("[role=alert]")];
  const words = alert.firstElementChild;
  alert.dataset.words ??= words.textContent;
  alert.hidden = true;
  button.disabled = true;
  try {
    form.elements.passkey.value = JSON.stringify(await signed(await asked(form)));
    form.submit();
  } catch (error) {
    words.textContent = error.shown ?? alert.dataset.words;
    alert.hidden = false;
    button.disabled = false;
  }
}

async function asked(form) {
  const body = new FormData(form);
  body.set("purpose", form.dataset.passkey);
  const answer = await fetch(form.dataset.challenge, { method: "POST", body });
  const told = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(told.code), { shown: told.message });
  return told.publicKey;
}

async function signed(options) {
  const kind = window.PublicKeyCredential;
  const creating = "pubKeyCredParams" in options;
  const credential = creating
    ? await navigator.credentials.create({ publicKey: kind.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: kind.parseRequestOptionsFromJSON(options) });
  return credential.toJSON();
}
