// Updates pages in place: on submit, on clicks within a page, and while typing. All pages work without it, too.
"use strict";

const PAUSE = 120;
const form = document.getElementById("search");
const box = document.getElementById("q");
const status = document.getElementById("status");
let request = null;
let timer = 0;

// Loads an address and replaces the parts of the page. A newer request cancels an older one.
async function show(address, { typed = false, all = false } = {}) {
  request?.abort();
  clearTimeout(timer);
  const current = (request = new AbortController());
  const found = document.getElementById("found");
  found.classList.add("busy");
  let page, ok;
  try {
    const answer = await fetch(address, { signal: current.signal });
    ok = answer.ok;
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    // Let the browser show the error.
    if (!current.signal.aborted) location.assign(address);
    return;
  }
  if (current.signal.aborted) return;
  if (typed && !ok) {
    // A partial query is often invalid: keep the previous results, dimmed.
    status.textContent = page.querySelector("#error p")?.textContent ?? "";
    return;
  }
  const refocus = focused();
  // Keep the form while one of its fields is in use.
  const isChoosing = document.getElementById("fields").contains(document.activeElement);
  const parts = ["views", "hidden-fields", "active-filters", "found", ...(isChoosing && !all ? [] : ["fields"])];
  for (const id of parts) {
    const replacement = page.getElementById(id);
    if (replacement) document.getElementById(id)?.replaceWith(document.adoptNode(replacement));
  }
  document.title = page.title;
  status.textContent = page.getElementById("status")?.textContent ?? "";
  if (!typed) box.value = page.getElementById("q")?.value ?? "";
  else if (new URL(address).searchParams.get("q") !== box.value) {
    status.textContent += " (for words starting with this)";
    removeWildcard();
  }
  refocus();
}

// Returns a function that restores the focus after the replacement of its link.
function focused() {
  const link = document.activeElement?.closest?.("#found a, #active-filters a");
  if (!link) return () => {};
  const field = link.closest("section")?.dataset.field;
  const name = link.querySelector("bdi")?.textContent;
  return () => {
    const links = field ? [...document.querySelectorAll(`#facets section[data-field=${field}] a`)] : [];
    const again = links.find((other) => other.querySelector("bdi")?.textContent === name);
    (again ?? status).focus({ preventScroll: true });
  };
}

// Returns the shortest address of the form, optionally with another query text.
function formAddress(words) {
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form)) {
    const text = name === "q" && words !== undefined ? words : value;
    if (text.trim() !== "") address.searchParams.append(name, text);
  }
  return address;
}

// Appends a wildcard to a query whose last word may be incomplete.
function withWildcard(words) {
  return /(^|\s)[\p{L}\p{N}]{3,}$/u.test(words) && !/["()~:*]/.test(words) ? `${words}*` : words;
}

// Removes the wildcard from links to other searches. Links to the next page keep it.
function removeWildcard() {
  for (const link of document.querySelectorAll("#views a, #active-filters a, #found a:not([rel=next])")) {
    const address = linkAddress(link);
    const words = address.searchParams.get("q");
    if (address.origin !== location.origin || !words?.endsWith("*")) continue;
    address.searchParams.set("q", words.slice(0, -1));
    link.setAttribute("href", address);
  }
}

// Adds a state to the history, in place of one that was only typed.
function go(address) {
  if (history.state?.typed) history.replaceState(null, "", address);
  else if (address.href !== location.href) history.pushState(null, "", address);
  return show(address);
}

function onType() {
  const address = formAddress(withWildcard(box.value));
  if (address.href === location.href) return;
  history[history.state?.typed ? "replaceState" : "pushState"]({ typed: true }, "", address);
  show(address, { typed: true });
}

function isPlainClick(event) {
  return !event.defaultPrevented && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

function linkAddress(link) {
  return new URL(link.href.baseVal ?? link.href, location.href);
}

function onClick(event) {
  const link = event.target.closest?.("#found a, #active-filters a");
  if (!link || !isPlainClick(event)) return;
  const address = linkAddress(link);
  if (address.origin !== location.origin || address.pathname !== location.pathname || address.hash) return;
  event.preventDefault();
  // The last keystrokes may not be loaded yet.
  if (history.state?.typed && address.searchParams.has("q") && !link.rel && !link.matches(".suggestion")) {
    address.searchParams.set("q", box.value);
  }
  go(address);
  if (link.rel) scrollTo({ top: 0 });
}

// Dragging over bars selects their days.
let drag = null;

function barsUpTo(x) {
  const bars = [...document.querySelectorAll(".histogram a")];
  const [from, to] = [Math.min(drag.x, x), Math.max(drag.x, x)];
  return bars.filter((bar) => {
    const { left, right } = bar.firstElementChild.nextElementSibling.getBoundingClientRect();
    return right > from && left < to;
  });
}

function onMove(event) {
  if (!drag) return;
  if (Math.abs(event.clientX - drag.x) > 4) drag.moved = true;
  const bars = drag.moved ? barsUpTo(event.clientX) : [];
  for (const bar of document.querySelectorAll(".histogram a")) bar.classList.toggle("selecting", bars.includes(bar));
}

function onUp(event) {
  if (!drag?.moved) return void (drag = null);
  const bars = barsUpTo(event.clientX);
  drag = null;
  // The click that ends a drag is not a click on a bar.
  addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
  setTimeout(() => {
    if (bars.length === 0) return;
    const address = linkAddress(bars[0]);
    address.searchParams.set("until", linkAddress(bars.at(-1)).searchParams.get("until"));
    go(address);
  });
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(formAddress());
  });
  form.addEventListener("change", (event) => {
    if (event.target !== box) go(formAddress());
  });
  // Expensive pages run only on submit.
  if ("live" in form.dataset) {
    box.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(onType, PAUSE);
    });
  }
  addEventListener("click", onClick);
  addEventListener("popstate", () => show(location.href, { all: true }));
  addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.pointerType !== "touch" && event.target.closest?.(".histogram")) drag = { x: event.clientX };
  });
  addEventListener("pointermove", onMove);
  addEventListener("pointerup", onUp);
  addEventListener("dragstart", (event) => drag && event.preventDefault());
}
