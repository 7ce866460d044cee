// @ts-check
/**
 * <vejviser-chat>: the conversation. On its own page it takes over the markup that the server has written; anywhere
 * else it shows that page in a frame, where the surrounding page's scripts cannot read it.
 *
 * @typedef {{ title: string, payload: string }} Button
 * @typedef {{ title: string, url?: string | null, checked: string }} Source
 * @typedef {{ name: string, organization?: string, summary?: string, address?: string, area?: string, url?: string,
 *   phones: { number: string, note?: string }[], open_now: boolean | null, hours_text?: string,
 *   anonymous: boolean | null, free: boolean | null, for: string[], checked: string }} Service
 * @typedef {{ title: string, start: string, end?: string, place?: string, organizer?: string, signup?: string,
 *   cancelled: boolean, checked: string }} Course
 * @typedef {{ text: string, buttons: Button[], services: Service[], courses: Course[], sources: Source[] }} Message
 * @typedef {Node | string | null | false | undefined | ""} Part
 */

const SLOW = 20_000;
const OFFLINE = "Der er ikke forbindelse lige nu. Prøv igen om lidt.";
const FORGOTTEN = "Der er gået lang tid, så samtalen er slettet. Jeg er begyndt forfra.";
const KEPT = " Det, du skrev, står stadig i feltet.";

// The same pattern stands in bot/web/danish.py. What the first group catches is no telephone number.
const PHONE = /(§ ?|[\w.,+])?((?:\+45 ?)?(?:\d{8}|\d{2}(?: \d{2}){3}|\d{2} \d{3} \d{3})|11[24]|116 ?\d{3}|18(?:13|88))(?![.,]?\d| ?(?:\d|kr|%))/g;

/** An answer of the server that is no success. */
class Refused extends Error {
  /** @param {number} status @param {string} title */
  constructor(status, title) {
    super(title);
    this.status = status;
  }
}

class VejviserChat extends HTMLElement {
  #token = "";
  #minutes = 30;
  /** @type {object | null} the turn that is under way; one at a time */ #turn = null;

  connectedCallback() {
    if (this.querySelector(".composer")) this.#takeOver();
    else this.#frame();
  }

  #frame() {
    const frame = element("iframe", { src: new URL("/", import.meta.url).href, title: "Vejviser", referrerPolicy: "no-referrer" });
    Object.assign(frame.style, { display: "block", width: "100%", height: "40rem", maxHeight: "90vh", border: "0" });
    this.replaceChildren(frame);
  }

  #takeOver() {
    const link = /** @type {HTMLAnchorElement} */ (this.querySelector(".leave"));
    const leave = element("button", { type: "button", className: link.className, textContent: link.textContent });
    leave.addEventListener("click", () => this.#leave(link.href));
    link.replaceWith(leave);

    this.addEventListener("submit", (event) => this.#submit(event));
    this.#input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    addEventListener("pagehide", () => this.#wipe());
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

    // Somebody quicker than this script has already asked by a plain form post: go on from there.
    this.#token = /** @type {HTMLInputElement} */ (this.querySelector("[name=token]")).value;
    if (!this.#token) this.#take((current) => this.#open(current));
  }

  get #log() { return /** @type {HTMLElement} */ (this.querySelector(".log ol")); }
  get #input() { return /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea")); }

  /** @param {string} selector @param {string} text */
  #tell(selector, text) { /** @type {HTMLElement} */ (this.querySelector(selector)).textContent = text; }
  /** @param {string} text */
  #warn(text) { this.#tell("[role=alert]", text); }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const { name, value, textContent } = /** @type {HTMLButtonElement} */ (event.submitter);
    if (name === "end") this.#restart();
    else if (name === "payload") this.#ask(textContent ?? "", { payload: value });
    else this.#send();
  }

  #send() {
    if (this.#turn) return;
    const text = this.#input.value.trim();
    if (!text) return this.#warn("Skriv et spørgsmål først.");
    this.#input.value = "";
    this.#ask(text, { text }, text);
  }

  /**
   * Says something and shows the answer; when that fails, what was typed is back in the field.
   * @param {string} shown @param {{ text: string } | { payload: string }} body @param {string} [typed]
   */
  #ask(shown, body, typed = "") {
    if (this.#turn) return;
    const mine = entry("mine", "Du:", said(shown));
    this.#take(async (current) => {
      if (!this.#token) await this.#open(current);
      if (!current()) return;
      this.#log.append(mine);
      mine.scrollIntoView();
      const { messages } = await this.#call("POST", "/api/chat/messages", this.#token, body);
      if (!current()) return;
      this.#show(messages);
      mine.scrollIntoView();
    }, () => {
      mine.remove();
      this.#input.value ||= typed;
    });
  }

  /** Forgets the conversation, here and on the server, even in the middle of an answer, and begins anew. */
  #restart() {
    const token = this.#token;
    this.#token = "";
    this.#log.replaceChildren();
    this.#input.value = "";
    this.#take(async (current) => {
      if (token) {
        const deleted = await this.#call("DELETE", "/api/chat", token).then(() => true, () => false);
        this.#tell("[role=status]", deleted ? "Samtalen er slettet." : `Serveren svarer ikke. Den glemmer samtalen efter ${this.#minutes} minutter.`);
      }
      await this.#open(current);
    });
  }

  /**
   * Takes a turn and tells the person when it fails. `act` asks after each wait whether its turn still is the current one.
   * @param {(current: () => boolean) => Promise<void>} act @param {() => void} [undo]
   */
  async #take(act, undo) {
    const turn = this.#turn = {};
    const current = () => this.#turn === turn;
    this.#waiting(true);
    this.#warn("");
    this.#tell("[role=status]", "");
    try {
      await act(current);
    } catch (error) {
      if (!current()) return;
      undo?.();
      await this.#explain(error, current);
    } finally {
      if (current()) {
        this.#turn = null;
        this.#waiting(false);
      }
    }
  }

  /** @param {unknown} error @param {() => boolean} current */
  async #explain(error, current) {
    let told = error instanceof Refused ? error.message : OFFLINE;
    if (error instanceof Refused && error.status === 401) {
      this.#token = "";
      told = await this.#open(current).then(() => FORGOTTEN, () => OFFLINE);
    }
    if (current()) this.#warn(told + (this.#input.value && KEPT));
  }

  /** @param {boolean} waiting */
  #waiting(waiting) { /** @type {HTMLElement} */ (this.querySelector(".typing")).hidden = !waiting; }

  /** @param {() => boolean} current */
  async #open(current) {
    const { token, expires_in, messages } = await this.#call("POST", "/api/chat");
    if (!current()) return;
    this.#token = token;
    this.#minutes = Math.round(expires_in / 60);
    this.#show(messages);
  }

  /** @param {string} exit */
  #leave(exit) {
    this.#wipe();
    // Embedded, it is the surrounding page that must go.
    (window.top ?? window).location.replace(exit);
  }

  #wipe() {
    this.#turn = {};
    document.body.replaceChildren();
    this.replaceChildren();
    if (this.#token) navigator.sendBeacon("/api/chat/end", JSON.stringify({ token: this.#token }));
    this.#token = "";
  }

  /** @param {Message[]} messages */
  #show(messages) {
    this.#log.append(...messages.map(({ text, services, courses, sources, buttons }) => entry("theirs", "Vejviser:",
      said(text),
      ...services.map(serviceCard),
      ...courses.map(courseCard),
      sources.length > 0 && element("div", { className: "sources small" }, ...sources.map(source)),
      buttons.length > 0 && element("form", { className: "follow-ups" }, ...buttons.map(({ title, payload }) =>
        element("button", { name: "payload", value: payload, textContent: title }))))));
  }

  /**
   * @param {string} method @param {string} path @param {string} [token] @param {object} [body]
   * @returns {Promise<any>} the server's answer; rejects with Refused, or with another error when it cannot be reached
   */
  async #call(method, path, token, body) {
    /** @type {Record<string, string>} */
    const headers = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    const response = await fetch(path, {
      method, headers, body: body && JSON.stringify(body), credentials: "omit", cache: "no-store", signal: AbortSignal.timeout?.(SLOW),
    });
    if (response.ok) return response.status === 204 ? null : response.json();
    throw new Refused(response.status, (await response.json()).title);
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {object} properties @param {Part[]} parts
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function element(tag, properties, ...parts) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(.../** @type {(Node | string)[]} */ (parts.filter(Boolean)));
  return node;
}

/** @param {string} className @param {string} sender @param {Part[]} parts */
function entry(className, sender, ...parts) {
  return element("li", { className }, element("span", { className: "hidden", textContent: sender }), ...parts);
}

/** @param {string} text */
function said(text) {
  return element("div", { className: "said" }, ...text.trim().split(/\n\s*\n/).map((part) => line(...linked(part.trim()))));
}

/** @param {Part[]} parts */
function line(...parts) { return element("p", {}, ...parts); }

/** @param {Part[]} parts */
function small(...parts) { return element("p", { className: "small" }, ...parts); }

/**
 * `text` with its telephone numbers as links.
 * @param {string} text
 */
function linked(text) {
  /** @type {Part[]} */
  const parts = [];
  let position = 0;
  for (const match of text.matchAll(PHONE)) {
    if (match[1]) continue;
    parts.push(text.slice(position, match.index), dial(match[2]));
    position = match.index + match[0].length;
  }
  return [...parts, text.slice(position)];
}

/** @param {string} number */
function dial(number) { return element("a", { href: `tel:${number.replaceAll(" ", "")}`, textContent: number }); }

/** @param {string} url @param {string} [text] */
function outside(url, text) {
  if (!/^https?:\/\//.test(url)) return text ?? url;
  return element("a", { href: url, target: "_blank", rel: "noreferrer noopener", textContent: text ?? new URL(url).hostname.replace(/^www\./, "") });
}

/** @param {string} iso */
function day(iso) { return iso.split("-").reverse().map(Number).join("."); }

/** @param {string} start @param {string} [end] */
function period(start, end) {
  /** @param {string} moment @param {Intl.DateTimeFormatOptions} form */
  const told = (moment, form) => new Intl.DateTimeFormat("da", { timeZone: "Europe/Copenhagen", ...form }).format(new Date(moment));
  /** @param {string} moment */
  const clock = (moment) => told(moment, { hour: "2-digit", minute: "2-digit" });
  return `${told(start, { dateStyle: "full" })} kl. ${clock(start)}${end ? `-${clock(end)}` : ""}`;
}

/** @param {Source} source */
function source({ title, url, checked }) { return line("Kilde: ", url ? outside(url, title) : title, ` · tjekket ${day(checked)}`); }

/** @param {[unknown, string, string?][]} offered */
function tags(...offered) {
  const shown = offered.filter(([holds]) => holds);
  return shown.length > 0 && element("ul", { className: "tags" }, ...shown.map(([, textContent, className = ""]) => element("li", { className, textContent })));
}

// The same cards stand in templates/cards.html; change both.
/** @param {Service} card */
function serviceCard(card) {
  const place = [card.address, card.area].filter(Boolean).join(", ");
  const whom = card.for.filter((word) => word !== "alle").join(", ").replace(/, ([^,]*)$/, " og $1");
  return element("article", { className: "card" },
    element("h2", { textContent: card.name }),
    card.organization && card.organization !== card.name && small(card.organization),
    tags([card.open_now, "Åbent nu", "yes"], [card.open_now === false, "Lukket nu", "no"], [card.anonymous, "Anonymt"], [card.free, "Gratis"], [whom, `For ${whom}`]),
    card.summary && line(...linked(card.summary)),
    place && line(place),
    card.hours_text && line("Åbningstid: ", ...linked(card.hours_text)),
    card.phones.length > 0 && element("ul", { className: "phones" },
      ...card.phones.map(({ number, note }) => element("li", {}, "Ring ", dial(number), " ", note && element("small", { textContent: note })))),
    card.url && line(outside(card.url)),
    small(`Tjekket ${day(card.checked)}`));
}

/** @param {Course} card */
function courseCard(card) {
  return element("article", { className: "card" },
    element("h2", { textContent: card.title }),
    tags([card.cancelled, "Aflyst", "no"]),
    line(element("time", { dateTime: card.start, textContent: period(card.start, card.end) })),
    card.place && line(card.place),
    card.organizer && line(`Arrangør: ${card.organizer}`),
    card.signup && line("Tilmelding: ", ...(/^https?:/.test(card.signup) ? [outside(card.signup)] : linked(card.signup))),
    small(`Tjekket ${day(card.checked)}`));
}

customElements.define("vejviser-chat", VejviserChat);
