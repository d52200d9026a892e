// Shows, while a report is written, what may tell of the same event already. The words go to this
// node in the body of a request; nothing is kept. Without this script the next page asks the same.
"use strict";
(() => {
  const PAUSE = 900; // ms without typing before we ask
  const LEAST = 15; // characters that are worth asking about
  const FIELDS = ["csrf_token", "title", "text", "language"];
  const box = document.getElementById("similar");
  const form = box && box.closest("form");
  if (!form) return;
  const [said, list] = ["similar-said", "similar-list"].map(id => document.getElementById(id));
  let timer, request, asked = "", quiet = 0;

  const typed = () => new URLSearchParams([
    ["key", box.dataset.key],
    ...FIELDS.filter(name => form.elements[name]).map(name => [name, form.elements[name].value.slice(0, 8000)]),
  ]);
  const show = page => {
    const count = page.getElementById("similar-count");
    const items = page.getElementById("similar-items");
    if (!count) return;
    const text = count.textContent.trim();
    if (said.textContent !== text) said.textContent = text; // said aloud only when it changes
    list.replaceChildren(...(items ? [items] : []));
    box.hidden = !items;
  };
  const ask = () => {
    const body = typed();
    const words = `${body.get("title") || ""} ${body.get("text") || ""}`.trim();
    if (words.length < LEAST || words === asked || Date.now() < quiet) return;
    asked = words;
    if (request) request.abort();
    request = new XMLHttpRequest();
    request.open("POST", box.dataset.url);
    request.responseType = "document";
    request.timeout = 5000;
    request.onload = event => {
      if (event.target.status === 429) quiet = Date.now() + 30000;
      if (event.target.status === 200 && event.target.response) show(event.target.response);
    };
    request.send(body);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  ask();
})();
