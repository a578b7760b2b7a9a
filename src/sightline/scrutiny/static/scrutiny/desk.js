// Helps at the clerk's desk: single keys for what the page's links and buttons do, and words selected in the text.
// Without this script the page does all of it by links and forms.
const desk = document.querySelector("[data-desk]");
const text = document.getElementById("desk-text");
const SWITCH = "sightline.desk.keys";

const remembered = (() => {
  try {
    return window.localStorage.getItem(SWITCH);
  } catch {
    return null; // Storage may be forbidden; the switch then lasts as long as the page.
  }
})();
let keysOn = remembered !== "off";

function addSwitch(place) {
  place.className = "govuk-checkboxes govuk-checkboxes--small";
  const item = document.createElement("div");
  item.className = "govuk-checkboxes__item";
  const box = Object.assign(document.createElement("input"), {
    type: "checkbox",
    id: "desk-keys-on",
    name: "desk-keys-on",
    className: "govuk-checkboxes__input",
    checked: keysOn,
  });
  const label = Object.assign(document.createElement("label"), {
    htmlFor: "desk-keys-on",
    className: "govuk-label govuk-checkboxes__label",
    textContent: "Single keys are on",
  });
  box.addEventListener("change", () => {
    keysOn = box.checked;
    try {
      window.localStorage.setItem(SWITCH, keysOn ? "on" : "off");
    } catch {
      // As above.
    }
  });
  item.append(box, label);
  place.append(item);
}

// Where the cards are, and which of them has the focus.

const cards = () => [...desk.querySelectorAll("[data-card]")].filter((card) => card.getClientRects().length);
const current = () => document.activeElement?.closest?.("[data-card]") ?? desk.querySelector("[data-card]:target");

function go(by) {
  const all = cards();
  const at = all.indexOf(current());
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
  all[next]?.focus();
  all[next]?.scrollIntoView({ block: "nearest" });
}

// Shows in the text the passage whose card has the focus.
function showInText(card) {
  if (!card) return;
  text.querySelectorAll(".passage--current").forEach((one) => one.classList.remove("passage--current"));
  const passage = document.getElementById(`t-${card.dataset.card}`);
  if (!passage) return;
  passage.classList.add("passage--current");
  const pane = text.closest(".minute-columns__text");
  if (pane.scrollHeight > pane.clientHeight) {
    pane.scrollTop += passage.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 4;
  }
}

// The controls of one card, without those of the cards within it.
function control(card, key) {
  return [...card.querySelectorAll(`[data-desk-key="${key}"]`)].find((one) => one.closest("[data-card]") === card);
}

// Offsets in the text count code points, and the labels of the marks are no part of it.

function offsetOf(node, offset) {
  const upTo = document.createRange();
  upTo.setStart(text, 0);
  upTo.setEnd(node, offset);
  const copy = upTo.cloneContents();
  for (const label of copy.querySelectorAll(".passage__label")) label.remove();
  return [...copy.textContent].length;
}

function selected() {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  return start < end ? { start, end, words: wordsOf(range) } : null;
}

function wordsOf(range) {
  const copy = range.cloneContents();
  for (const label of copy.querySelectorAll(".passage__label")) label.remove();
  return copy.textContent.split(/\s+/).filter(Boolean);
}

function fill(form, found) {
  const set = (name, value) => {
    const input = form.elements.namedItem(name);
    if (input) input.value = value;
  };
  set("start", found.start);
  set("end", found.end);
  set("first", found.words.slice(0, 6).join(" "));
  set("last", found.words.length > 6 ? found.words.slice(-6).join(" ") : "");
  form.elements.namedItem("first").focus();
}

// With words selected, “Mark a passage” takes them; where a passage is being corrected, its form does.
function mark() {
  const found = selected();
  const form = document.querySelector("#mark form, form[data-correct]");
  if (found && form) {
    fill(form, found);
    return;
  }
  const link = document.getElementById("desk-mark");
  const address = new URL(link.href);
  if (found) {
    address.searchParams.set("start", found.start);
    address.searchParams.set("end", found.end);
  }
  window.location.assign(address);
}

// Selecting with the keyboard: the browser moves the selection, a word or a line at a time.

function beginSelecting() {
  text.tabIndex = -1;
  text.focus({ preventScroll: true });
  const selection = window.getSelection();
  const from = (document.querySelector(".passage:target") ?? text).firstChild;
  const inside = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  inside.currentNode = from;
  let node = inside.currentNode.nodeType === Node.TEXT_NODE ? inside.currentNode : inside.nextNode();
  while (node && (node.parentElement.closest(".passage__label") || !node.textContent.trim())) node = inside.nextNode();
  if (!node) return;
  selection.collapse(node, node.textContent.search(/\S/));
  selection.modify("extend", "forward", "word");
}

function moveSelection(event) {
  const selection = window.getSelection();
  const forward = event.key === "ArrowRight" || event.key === "ArrowDown";
  const by = event.key === "ArrowLeft" || event.key === "ArrowRight" ? "word" : "line";
  if (event.shiftKey) {
    selection.modify("extend", forward ? "forward" : "backward", by);
  } else {
    if (forward) selection.collapseToEnd();
    else selection.collapseToStart();
    selection.modify("move", forward ? "forward" : "backward", by);
    selection.modify("extend", "forward", "word");
  }
  const focus = selection.focusNode?.parentElement;
  focus?.scrollIntoView?.({ block: "nearest" });
}

function isTyping(target) {
  return target.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
}

function onKey(event) {
  if (!keysOn || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
    return;
  }
  if (document.activeElement === text && event.key.startsWith("Arrow")) {
    event.preventDefault();
    moveSelection(event);
    return;
  }
  if (document.activeElement === text && event.key === "Escape") {
    window.getSelection().removeAllRanges();
    (current() ?? document.getElementById("structure")).focus();
    return;
  }
  if (event.shiftKey) return;
  const card = current();
  const doing = {
    j: () => go(1),
    k: () => go(-1),
    m: mark,
    s: beginSelecting,
    u: () => document.querySelector(".desk-bar [data-desk-key=u]")?.click(),
  };
  const act = doing[event.key] ?? ("aert".includes(event.key) && card ? () => control(card, event.key)?.click() : null);
  if (act) {
    event.preventDefault();
    act();
  }
}

// The form or the card that a link or an act leads to gets the focus, so that the keyboard goes on from there.
function goOn() {
  const landed = window.location.hash.length > 1 && document.getElementById(window.location.hash.slice(1));
  // Whoever was quicker than the page stays where they went.
  const free = document.activeElement === null || document.activeElement === document.body;
  if (landed && free) {
    if (landed.matches("#reject, #mark")) landed.querySelector("input:not([type=hidden]), select").focus();
    else if (landed.tabIndex === -1) landed.focus();
  }
  showInText(current() ?? desk.querySelector(".desk-card--open"));
}

if (desk && text) {
  addSwitch(document.getElementById("desk-keys-switch"));
  document.addEventListener("keydown", onKey);
  desk.addEventListener("focusin", (event) => showInText(event.target.closest("[data-card]")));
  document.getElementById("desk-mark").addEventListener("click", (event) => {
    event.preventDefault();
    mark();
  });
  // The browser itself goes to the fragment of the address once all is loaded; the focus is set behind that.
  if (document.readyState === "complete") goOn();
  else window.addEventListener("load", () => window.setTimeout(goOn));
}
