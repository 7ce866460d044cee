// @ts-check
/**
 * Leaving: everything is gone from the screen at once, the conversation ends, and another page takes the place of this one.
 * The first script of every page somebody may want to leave. It imports nothing, and loads the conversation only when the page
 * has been painted.
 */
const form = /** @type {HTMLFormElement} */ (document.querySelector(".leave"));
const token = /** @type {HTMLInputElement} */ (form.querySelector("[name=token]"));
const status = /** @type {HTMLElement} */ (document.querySelector(".presses"));
const { exit = "", twice = "", once = "" } = form.dataset;
const WITHIN = 5_000;

function leave() {
  document.documentElement.hidden = true;
  forget();
  // Embedded, it is the surrounding page that must go. It is asked to (widget.js), and made to where the browser lets us: when a
  // person has touched the frame or pressed a key in it.
  if (parent !== self) parent.postMessage({ leave: exit }, "*");
  const mayReplaceTop = navigator.userActivation?.hasBeenActive !== false;
  try {
    (mayReplaceTop && top || self).location.replace(exit);
  } catch {
    location.replace(exit);
  }
}

/** Ends the conversation and leaves nothing of it in the page. */
function forget() {
  if (token.value) navigator.sendBeacon("/api/chat/end", JSON.stringify({ token: token.value }));
  token.value = "";
  if ("speechSynthesis" in self) speechSynthesis.cancel();
  document.body.replaceChildren();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  leave();
});
addEventListener("pagehide", forget);
addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace(location.href);
});

/** How often Shift was pressed alone, with no other key between. */
let presses = 0, alone = false, timer = 0;

/** @param {string} type keydown or keyup @param {boolean} isShift */
function hear(type, isShift) {
  if (type === "keydown") alone = isShift;
  if (!alone) count(0);
  else if (type === "keyup" && isShift) count(presses + 1);
}

/** @param {number} number */
function count(number) {
  presses = number;
  if (presses === 3) return leave();
  status.textContent = ["", twice, once][presses] ?? "";
  if (presses === 0) clearTimeout(timer);
  if (presses === 1) timer = setTimeout(() => count(0), WITHIN);
}

for (const type of ["keydown", "keyup"]) {
  addEventListener(type, (event) => hear(type, /** @type {KeyboardEvent} */ (event).key === "Shift"));
}
// Keys that are pressed on the page around the frame; widget.js tells of them.
addEventListener("message", ({ source, data }) => {
  if (source === parent && parent !== self && Array.isArray(data)) hear(String(data[0]), data[1] === true);
});
for (const hint of document.querySelectorAll(".shift")) hint.removeAttribute("hidden");

// Without it the page's forms work as they do without scripts.
if (document.querySelector(".chat")) requestAnimationFrame(() => setTimeout(() => import("./chat.js").catch(() => {})));
