// @ts-check
/**
 * Reading an answer aloud when a person asks for it: only with Danish voices of the device itself, since others send the text
 * to somebody. Where there is none, there is no button.
 */
const log = /** @type {HTMLElement} */ (document.querySelector(".log ol"));
const { aloud = "", quiet = "" } = /** @type {HTMLElement} */ (document.querySelector(".chat")).dataset;

/** @type {HTMLButtonElement | null} the button of the answer that is being read */
let reading = null;

function voice() {
  return speechSynthesis.getVoices().find(({ localService, lang }) => localService && /^da\b/i.test(lang.replace("_", "-")));
}

function offer() {
  if (!voice()) return;
  for (const said of log.querySelectorAll(".theirs > .said")) {
    if (said.nextElementSibling?.matches(".aloud")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain small";
    button.lang = document.documentElement.lang;
    button.textContent = aloud;
    button.addEventListener("click", () => reading === button ? stop() : read(button));
    const line = document.createElement("p");
    line.className = "aloud";
    // The log announces what is added to it; the button is no part of the answer.
    line.setAttribute("aria-live", "off");
    line.append(button);
    said.after(line);
  }
}

function stop() {
  speechSynthesis.cancel();
  if (reading) reading.textContent = aloud;
  reading = null;
}

/** @param {HTMLButtonElement} button */
function read(button) {
  stop();
  const local = voice();
  if (!local) return;
  reading = button;
  button.textContent = quiet;
  const parts = /** @type {NodeListOf<HTMLElement>} */ (button.closest("li")?.querySelectorAll(".said, .card"));
  const utterances = [...parts].map((part) => Object.assign(new SpeechSynthesisUtterance(part.innerText), { voice: local, lang: local.lang }));
  const last = /** @type {SpeechSynthesisUtterance} */ (utterances[utterances.length - 1]);
  last.onend = last.onerror = () => { if (reading === button) stop(); };
  for (const utterance of utterances) speechSynthesis.speak(utterance);
}

new MutationObserver(() => {
  if (reading && !reading.isConnected) stop();
  offer();
}).observe(log, { childList: true });
speechSynthesis.addEventListener?.("voiceschanged", offer);
offer();
