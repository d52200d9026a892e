// Asks the device to make or to show a passkey, and sends its answer with an ordinary form.
// Every sentence stands in the page; without this script the page says what to do instead.
"use strict";
(() => {
  const STALE = 280000; // ms; the question in the page is good for five minutes
  const able = window.isSecureContext && "PublicKeyCredential" in window && Boolean(navigator.credentials);

  const bytes = text => {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, one => one.charCodeAt(0));
  };
  const text = buffer => {
    const plain = Array.from(new Uint8Array(buffer), one => String.fromCharCode(one)).join("");
    return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  const named = list => list.map(one => ({ ...one, id: bytes(one.id) }));

  const asked = form => {
    const options = JSON.parse(form.dataset.options);
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    if (options.excludeCredentials) options.excludeCredentials = named(options.excludeCredentials);
    if (options.allowCredentials) options.allowCredentials = named(options.allowCredentials);
    return options;
  };
  const told = credential => {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[part]) response[part] = text(credential.response[part]);
    }
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
  };
  const say = (form, which) => {
    for (const one of form.querySelectorAll("[data-say]")) one.hidden = one.dataset.say !== which;
  };

  const run = async form => {
    const button = form.querySelector("button");
    button.disabled = true;
    say(form, "wait");
    try {
      if (performance.now() < STALE) {
        const publicKey = asked(form);
        const way = publicKey.user ? "create" : "get";
        form.elements.answer.value = told(await navigator.credentials[way]({ publicKey }));
      }
      form.submit();
    } catch (error) {
      button.disabled = false;
      say(form, error.name === "InvalidStateError" ? "known" : "failed");
    }
  };

  for (const form of document.querySelectorAll("form[data-options]")) {
    if (!able || location.origin !== form.dataset.origin) continue;
    form.hidden = false;
    form.addEventListener("submit", event => {
      event.preventDefault();
      run(form);
    });
    for (const one of document.querySelectorAll("[data-without-passkeys]")) one.hidden = true;
  }
})();
