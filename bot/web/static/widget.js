// @ts-check
/**
 * `<vejviser-chat>`: the assistant on a page of somebody else, in a frame of its own origin, where that page's scripts and
 * trackers cannot read it.
 *
 * Attributes, all of them optional: `start`, the id of the topic to begin with; `lang`, the language around the answers, da or en;
 * `exit`, one of the addresses that the operator lets pages leave to; `accent`, a CSS colour. They are read once.
 */
const HOME = new URL("/", import.meta.url);

class VejviserChat extends HTMLElement {
  #frame = document.createElement("iframe");

  connectedCallback() {
    const address = new URL(HOME.href);
    for (const name of ["start", "lang", "exit"]) {
      const value = this.getAttribute(name);
      if (value) address.searchParams.set(name, value);
    }
    const accent = this.#accent();
    if (accent) address.searchParams.set("accent", accent);
    Object.assign(this.#frame, { src: address.href, title: "Vejviser", referrerPolicy: "no-referrer" });
    Object.assign(this.#frame.style, { display: "block", width: "100%", height: "40rem", maxHeight: "90vh", border: "0" });
    this.replaceChildren(this.#frame);
    for (const type of ["keydown", "keyup", "message"]) addEventListener(type, this);
  }

  disconnectedCallback() {
    for (const type of ["keydown", "keyup", "message"]) removeEventListener(type, this);
  }

  /** The attribute as six hexadecimal digits; nothing where it is no colour. */
  #accent() {
    this.style.color = this.getAttribute("accent") ?? "";
    const parts = this.style.color && getComputedStyle(this).color.match(/^rgb\((\d+), (\d+), (\d+)\)$/);
    this.style.color = "";
    return parts ? parts.slice(1).map((part) => Number(part).toString(16).padStart(2, "0")).join("") : "";
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof KeyboardEvent) {
      // Shift three times leaves wherever the focus is. Of other keys the frame learns only that there was one.
      this.#frame.contentWindow?.postMessage([event.type, event.key === "Shift"], HOME.origin);
    } else if (event instanceof MessageEvent && event.source === this.#frame.contentWindow && event.origin === HOME.origin) {
      const exit = event.data?.leave;
      if (typeof exit !== "string" || !/^https?:/.test(exit)) return;
      document.documentElement.style.setProperty("display", "none", "important");
      location.replace(exit);
    }
  }
}

customElements.define("vejviser-chat", VejviserChat);
