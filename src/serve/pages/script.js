// Makes pages quick: what is asked comes without leaving the page, and as one types. Without it all works, too.
"use strict";

const PAUSE = 120;
const form = document.getElementById("search");
const box = document.getElementById("q");
const status = document.getElementById("status");
let asked = null;
let timer = 0;

// Puts what an address answers into the page. What was asked before and has not come is not waited for.
async function show(address, { typed = false, all = false } = {}) {
  asked?.abort();
  clearTimeout(timer);
  const mine = (asked = new AbortController());
  const found = document.getElementById("found");
  found.classList.add("busy");
  let page, ok;
  try {
    const answer = await fetch(address, { signal: mine.signal });
    ok = answer.ok;
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    // The browser can say better what is wrong.
    if (!mine.signal.aborted) location.assign(address);
    return;
  }
  if (mine.signal.aborted) return;
  if (typed && !ok) {
    // Half a query often means nothing yet: what was found before stays, pale, until it does.
    status.textContent = page.querySelector("#error p")?.textContent ?? "";
    return;
  }
  const refocus = focused();
  // What somebody is choosing from is left alone.
  const isChoosing = document.getElementById("fields").contains(document.activeElement);
  const parts = ["views", "kept", "chosen", "found", ...(isChoosing && !all ? [] : ["fields"])];
  for (const id of parts) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id)?.replaceWith(document.adoptNode(fresh));
  }
  document.title = page.title;
  status.textContent = page.getElementById("status")?.textContent ?? "";
  if (!typed) box.value = page.getElementById("q")?.value ?? "";
  else if (new URL(address).searchParams.get("q") !== box.value) {
    status.textContent += " – so far, with any ending";
    unstar();
  }
  refocus();
}

// Finds again what has the keyboard, among what will be put in its place.
function focused() {
  const link = document.activeElement?.closest?.("#found a, #chosen a");
  if (!link) return () => {};
  const field = link.closest("section")?.dataset.field;
  const name = link.querySelector("bdi")?.textContent;
  return () => {
    const links = field ? [...document.querySelectorAll(`#facets section[data-field=${field}] a`)] : [];
    const again = links.find((other) => other.querySelector("bdi")?.textContent === name);
    (again ?? status).focus({ preventScroll: true });
  };
}

// The address that the form asks, as short as it can be; maybe with other words.
function addressOf(words) {
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form)) {
    const text = name === "q" && words !== undefined ? words : value;
    if (text.trim() !== "") address.searchParams.append(name, text);
  }
  return address;
}

// While a word is being typed, it stands for all that begin so.
function soFar(words) {
  return /(^|\s)[\p{L}\p{N}]{3,}$/u.test(words) && !/["()~:*]/.test(words) ? `${words}*` : words;
}

// What leads on leads to the words as they were typed; the next page of what is shown so far has the endings, too.
function unstar() {
  for (const link of document.querySelectorAll("#views a, #chosen a, #found a:not([rel=next])")) {
    const address = addressIn(link);
    const words = address.searchParams.get("q");
    if (address.origin !== location.origin || !words?.endsWith("*")) continue;
    address.searchParams.set("q", words.slice(0, -1));
    link.setAttribute("href", address);
  }
}

// A state that one can go back to. What was only typed on the way is none.
function go(address) {
  if (history.state?.typed) history.replaceState(null, "", address);
  else if (address.href !== location.href) history.pushState(null, "", address);
  return show(address);
}

function typed() {
  const address = addressOf(soFar(box.value));
  if (address.href === location.href) return;
  history[history.state?.typed ? "replaceState" : "pushState"]({ typed: true }, "", address);
  show(address, { typed: true });
}

function isPlainClick(event) {
  return !event.defaultPrevented && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

function addressIn(link) {
  return new URL(link.href.baseVal ?? link.href, location.href);
}

function clicked(event) {
  const link = event.target.closest?.("#found a, #chosen a");
  if (!link || !isPlainClick(event)) return;
  const address = addressIn(link);
  if (address.origin !== location.origin || address.pathname !== location.pathname || address.hash) return;
  event.preventDefault();
  // What was typed last may not have been answered yet.
  if (history.state?.typed && address.searchParams.has("q") && !link.rel && !link.matches(".suggestion")) {
    address.searchParams.set("q", box.value);
  }
  go(address);
  if (link.rel) scrollTo({ top: 0 });
}

// Bars that the pointer is drawn over are chosen together.
let drawn = null;

function barsTo(x) {
  const bars = [...document.querySelectorAll(".histogram a")];
  const [from, to] = [Math.min(drawn.x, x), Math.max(drawn.x, x)];
  return bars.filter((bar) => {
    const { left, right } = bar.firstElementChild.nextElementSibling.getBoundingClientRect();
    return right > from && left < to;
  });
}

function draw(event) {
  if (!drawn) return;
  if (Math.abs(event.clientX - drawn.x) > 4) drawn.moved = true;
  const bars = drawn.moved ? barsTo(event.clientX) : [];
  for (const bar of document.querySelectorAll(".histogram a")) bar.classList.toggle("drawn", bars.includes(bar));
}

function drop(event) {
  if (!drawn?.moved) return void (drawn = null);
  const bars = barsTo(event.clientX);
  drawn = null;
  // The click that ends it is none on the bar below.
  addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
  setTimeout(() => {
    if (bars.length === 0) return;
    const address = addressIn(bars[0]);
    address.searchParams.set("until", addressIn(bars.at(-1)).searchParams.get("until"));
    go(address);
  });
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(addressOf());
  });
  form.addEventListener("change", (event) => {
    if (event.target !== box) go(addressOf());
  });
  // Questions that take long are asked when they are whole.
  if ("live" in form.dataset) {
    box.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(typed, PAUSE);
    });
  }
  addEventListener("click", clicked);
  addEventListener("popstate", () => show(location.href, { all: true }));
  addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.pointerType !== "touch" && event.target.closest?.(".histogram")) drawn = { x: event.clientX };
  });
  addEventListener("pointermove", draw);
  addEventListener("pointerup", drop);
  addEventListener("dragstart", (event) => drawn && event.preventDefault());
}
