// @ts-check
/**
 * The conversation without reloads. The page's forms are sent to the address they name, and out of the page that answers come
 * the messages, the token and what there is to say: no text, card or link is made here. XMLHttpRequest turns the answer into
 * a document in which nothing runs; a string that becomes markup is what Trusted Types forbid.
 */
const SLOW = 20_000;

/** An answer of the server that is no success, in words for the person. */
class Refused extends Error {}

const composer = one("form.composer", HTMLFormElement);
const field = one("textarea", HTMLTextAreaElement);
const log = one(".log ol", HTMLElement);
const typing = one(".typing", HTMLElement);
const alert = one("[role=alert]", HTMLElement);
const status = one(".composer [role=status]", HTMLElement);
const { empty = "", offline = "", kept = "", undeleted = "" } = one(".chat", HTMLElement).dataset;

/** @type {object | null} The exchange that is under way; one at a time. */
let turn = null;
// Who was quicker than this script has asked by a plain form already: go on from there.
let token = one("[name=token]", HTMLInputElement).value;
/** What a new conversation begins with. */
const beginning = token ? [] : [...log.children];

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("form:not(.leave) button");
  if (!(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  press(button, event.isTrusted);
});
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  say();
});

/** @param {HTMLButtonElement} button @param {boolean} byPerson */
function press({ name, value, textContent }, byPerson) {
  if (name === "end") begin();
  else if (name === "payload") ask(textContent ?? "", { payload: value }, byPerson);
  else say();
}

function say() {
  if (turn) return;
  const text = field.value.trim();
  if (!text) return warn(empty);
  field.value = "";
  ask(text, { text });
}

/**
 * Says something and shows the answer; when that fails, what was typed is back in the field.
 * @param {string} shown @param {{ text?: string, payload?: string }} said @param {boolean} follow whether to bring it into view
 */
function ask(shown, said, follow = true) {
  if (turn) return;
  const entry = /** @type {HTMLElement} */ (one("template", HTMLTemplateElement).content.firstElementChild?.cloneNode(true));
  one("p", HTMLElement, entry).textContent = shown;
  log.append(entry);
  if (follow) entry.scrollIntoView();
  take(async (current) => {
    if (!token) {
      const opened = await open();
      if (!current()) return;
      keep(opened);
    }
    const page = await send(said);
    if (!current()) return;
    const next = page.querySelector("form:not(.leave) [name=token]");
    if (next instanceof HTMLInputElement) keep(next.value);
    const problem = page.querySelector("[role=alert]:not(:empty), main h1");
    if (problem) throw new Refused(problem.textContent ?? "");
    // What the server has hidden of the person's own words is hidden here too.
    const heard = page.querySelector(".mine .said");
    if (heard) entry.querySelector(".said")?.replaceWith(heard);
    log.append(...page.querySelectorAll(".theirs"));
    if (follow) entry.scrollIntoView();
  }, () => {
    entry.remove();
    field.value ||= said.text ?? "";
  });
}

/** Forgets the conversation, here and on the server, even in the middle of an answer, and begins anew. */
function begin() {
  const ended = send({ end: "1" });
  keep("");
  field.value = "";
  log.replaceChildren(...beginning);
  take(async () => {
    const page = await ended.catch(() => null);
    status.textContent = page?.querySelector(".composer [role=status]")?.textContent || undeleted;
  });
}

/**
 * Takes the turn and tells the person when it fails. `act` asks after each wait whether the turn is still its own.
 * @param {(current: () => boolean) => Promise<void>} act @param {() => void} [undo]
 */
async function take(act, undo) {
  const mine = turn = {};
  const current = () => turn === mine;
  typing.hidden = false;
  warn("");
  status.textContent = "";
  try {
    await act(current);
  } catch (error) {
    if (!current()) return;
    undo?.();
    const told = error instanceof Refused ? error.message : offline;
    warn(field.value && !told.includes(kept) ? `${told} ${kept}` : told);
  } finally {
    if (current()) {
      turn = null;
      typing.hidden = true;
    }
  }
}

/** @param {string} text */
function warn(text) { alert.textContent = text; }

/** Puts the token where every form sends it from and leaving.js finds it. @param {string} value */
function keep(value) {
  token = value;
  for (const input of document.querySelectorAll("[name=token]")) /** @type {HTMLInputElement} */ (input).value = value;
  // The page in the other language would begin anew.
  document.querySelector(".language")?.toggleAttribute("hidden", value !== "");
}

/**
 * A new conversation's token. When very many come at once, the server asks for some work first.
 * @param {string} [proof] @returns {Promise<string>}
 */
async function open(proof) {
  const headers = proof ? { "Proof-Of-Work": proof } : undefined;
  const response = await fetch("/api/chat", { method: "POST", headers, credentials: "omit", cache: "no-store" });
  const { token, title, challenge } = await response.json();
  if (response.ok) return token;
  if (!challenge || proof) throw new Refused(title);
  const { solve } = await import("./work.js");
  return open(await solve(challenge));
}

/**
 * The page that answers a form. Rejects when the server cannot be reached.
 * @param {Record<string, string>} fields @returns {Promise<Document>}
 */
function send(fields) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", composer.action);
    request.setRequestHeader("Accept", "text/html");
    request.responseType = "document";
    request.timeout = SLOW;
    request.onload = () => request.response ? resolve(request.response) : reject(new Error("no page"));
    request.onerror = request.ontimeout = () => reject(new Error("no answer"));
    request.send(new URLSearchParams({ token, ...fields }));
  });
}

/**
 * The first element that `selector` finds; it must be there.
 * @template {Element} Kind
 * @param {string} selector @param {new () => Kind} kind @param {ParentNode} [within] @returns {Kind}
 */
function one(selector, kind, within = document) {
  const found = within.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`no ${selector}`);
}

document.querySelector(".start")?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
if ("speechSynthesis" in self) import("./speech.js").catch(() => {});
