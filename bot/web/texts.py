"""What the pages themselves say, in Danish and English: one table for templates, scripts and errors."""

from __future__ import annotations

from typing import Final, NamedTuple


class Text(NamedTuple):
    """The same in each of the frame's languages."""

    da: str
    en: str


LANGUAGES: Final = Text._fields

TEXTS: Final[dict[str, Text]] = {
    # Leaving
    "leave": Text("Forlad siden", "Leave page"),
    "press_twice": Text("Tryk på Shift to gange til for at forlade siden.", "Press Shift two more times to leave this page."),
    "press_once": Text("Tryk på Shift én gang til for at forlade siden.", "Press Shift one more time to leave this page."),
    # Before the first question
    "machine": Text("Du skriver med en maskine, ikke et menneske.", "You are writing with a machine, not a person."),
    "danger": Text("Er du i fare, så ring", "If you are in danger, call"),
    "answers_in": Text("", "The answers are in Danish."),
    "notice": Text("Før du skriver", "Before you write"),
    "notice_leave": Text(
        "«Forlad siden» skjuler alt, sletter samtalen og viser en anden side.",
        "“Leave page” hides everything, deletes this chat and shows another page.",
    ),
    "notice_shift": Text("Tre tryk på Shift gør det samme.", "Pressing Shift three times does the same."),
    "notice_history": Text(
        "Din browser husker stadig, at du har været her. Det kan vi ikke slette.",
        "Your browser still remembers that you were here. We cannot delete that.",
    ),
    "notice_spyware": Text(
        "Et program på telefonen kan holde øje med dig. Er du i tvivl, så brug en anden telefon.",
        "An app on your phone may be watching you. If you are not sure, use another phone.",
    ),
    "notice_plain": Text(
        "Her kører ingen scripts. Din browser kan gemme det, du skriver, til du lukker vinduet. Brug et privat vindue.",
        "No scripts run here. Your browser may keep what you write until you close the window. Use a private window.",
    ),
    "hide": Text("Sådan skjuler du spor", "How to hide your tracks"),
    "protect": Text("Sådan beskytter vi dig", "How we protect you (in Danish)"),
    # The conversation
    "conversation": Text("Samtale", "Chat"),
    "you": Text("Du:", "You:"),
    "writing": Text("Vejviser skriver", "Vejviser is writing"),
    "write": Text("Skriv til Vejviser", "Write to Vejviser"),
    "question": Text("Hvad vil du vide?", "What would you like to know?"),
    "send": Text("Send", "Send"),
    "only_latest": Text(
        "Her står kun det seneste. Jeg husker stadig, hvad vi har talt om.",
        "Only the latest is shown here. I still remember what we talked about.",
    ),
    "aloud": Text("Læs højt", "Read aloud"),
    "quiet": Text("Stop oplæsning", "Stop reading"),
    "delete": Text("Slet samtalen", "Delete this chat"),
    "deleted": Text("Samtalen er slettet.", "This chat is deleted."),
    "not_deleted": Text(
        "Serveren svarer ikke. Den glemmer samtalen efter {minutes} minutter.",
        "The server does not answer. It forgets this chat after {minutes} minutes.",
    ),
    "forgotten": Text(
        "Der er gået lang tid, så samtalen er slettet. Jeg er begyndt forfra.",
        "A long time has passed, so this chat was deleted. I have started again.",
    ),
    "kept": Text("Det, du skrev, står stadig i feltet.", "What you wrote is still in the field."),
    "offline": Text("Der er ikke forbindelse lige nu. Prøv igen om lidt.", "There is no connection right now. Try again in a moment."),
    "back": Text("Til samtalen", "To the chat"),
    # While it must wait
    "wait_pressed": Text("Vent lidt, og tryk så på knappen.", "Wait a moment, then press the button."),
    "wait_typed": Text(
        "Det, du skrev, står her endnu. Vent lidt, og tryk så på knappen.",
        "What you wrote is still here. Wait a moment, then press the button.",
    ),
    "again": Text("Prøv igen", "Try again"),
    "meanwhile": Text("Slå op imens", "Look things up meanwhile (in Danish)"),
    # Problems
    "front": Text("Til forsiden", "To the front page"),
    "look_up": Text("Slå op", "Look things up (in Danish)"),
    "further": Text("Videre", "Further"),
    "empty": Text("Skriv et spørgsmål først.", "Write a question first."),
    "too_long": Text("Du kan højst skrive 1.000 tegn. Skriv det kortere.", "You can write at most 1,000 characters. Make it shorter."),
    "unreadable": Text("Det kunne ikke læses. Prøv igen.", "It could not be read. Try again."),
    "over": Text("Samtalen er slut. Begynd en ny.", "This chat is over. Start a new one."),
    "missing": Text("Siden findes ikke.", "There is no such page."),
    "not_here": Text("Det kan man ikke her.", "That cannot be done here."),
    "too_slow": Text("Det tog for lang tid. Prøv igen.", "It took too long. Try again."),
    "too_large": Text("Det er for langt. Skriv det kortere.", "It is too long. Make it shorter."),
    "wrong_format": Text("Det er ikke i et format, der kan læses her.", "It is not in a format that can be read here."),
    "crowded": Text("Der er mange, der spørger lige nu. Prøv igen om lidt.", "Many people are asking right now. Try again in a moment."),
    "broken": Text("Det gik galt hos os. Prøv igen om lidt.", "Something went wrong here. Try again in a moment."),
    "starting": Text("Vejviser er ved at starte. Prøv igen om lidt.", "Vejviser is starting. Try again in a moment."),
    "full": Text(
        "Der er mange, der skriver med Vejviser lige nu. Prøv igen om lidt.",
        "Many people are writing with Vejviser right now. Try again in a moment.",
    ),
    "too_fast": Text(
        "Det går lidt for hurtigt for mig. Vent et øjeblik, og prøv igen.",
        "That is a little too fast for me. Wait a moment, and try again.",
    ),
    "busy": Text("Der er meget at lave lige nu. Prøv igen om lidt.", "There is a lot to do right now. Try again in a moment."),
}

_BY_DANISH = {text.da: text for text in TEXTS.values()}


def texts_in(language: str) -> dict[str, str]:
    """Every text by its name, in one of `LANGUAGES`."""
    return {name: getattr(text, language) for name, text in TEXTS.items()}


def translated(danish: str, language: str) -> str:
    """`danish` in `language` where the table has it, else as it is."""
    return getattr(_BY_DANISH[danish], language) if danish in _BY_DANISH else danish
