// Says at once how many reports look like the one under review when another level is chosen. Levels
// alone are sent, to this node, and nothing is kept. Without this script a button says the same.
"use strict";
(() => {
  const box = document.getElementById("alike");
  const said = document.getElementById("alike-said");
  const form = box && box.closest("form");
  if (!form || !said) return;
  const isLevel = name => (name || "").startsWith("exact-");
  let busy = false, again = false;

  const show = page => {
    const fresh = page && page.getElementById("alike-piece");
    const told = document.createElement("p"); // never a number that is of other levels
    told.textContent = box.dataset.failed;
    box.replaceChildren(...(fresh ? fresh.childNodes : [told]));
    said.textContent = (fresh ? document.getElementById("alike-count") : told).textContent.replace(/\s+/g, " ").trim();
  };
  const ask = () => {
    again = busy; // one request at a time: the next one goes when this one is back
    if (busy) return;
    busy = true;
    box.setAttribute("aria-busy", "true");
    const request = new XMLHttpRequest();
    request.open("POST", box.dataset.url);
    request.responseType = "document";
    request.timeout = 8000;
    request.onloadend = () => {
      busy = false;
      if (again) return ask();
      box.removeAttribute("aria-busy");
      show(request.status === 200 && request.response);
    };
    const sent = [...new FormData(form)].filter(([name]) => name === "csrf_token" || isLevel(name));
    request.send(new URLSearchParams(sent));
  };
  form.addEventListener("change", event => {
    if (isLevel(event.target.name)) ask();
  });
  // A page that came back may hold what was chosen before.
  const levels = [...form.elements].filter(one => isLevel(one.name) && one.selectedIndex >= 0);
  if (levels.some(one => !one.options[one.selectedIndex].defaultSelected)) ask();
})();
