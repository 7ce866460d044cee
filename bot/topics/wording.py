"""How the assistant speaks: what a text must be like before people read it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from bot.topics.answer import as_written, figures_in
from bot.topics.model import Fact
from bot.topics.text import lix, words

MOST_WORDS = 90
HIGHEST_LIX = 35

_TYPED_AMOUNT = re.compile(r"\d[\d.,]*\s*(?:kr\b|kroner|procent|pct\b|%)", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d.])(?:\+45 ?)?\d(?: ?\d){7}(?!\d|\.\d)|\b11\d \d{3}\b|\b11\d\b|\b1[48]\d\d\b")
_PICTURE = re.compile("[\U0001f000-\U0001ffff\u2600-\u27bf]")
_NUMBER_FIRST = re.compile(r"[^.]{0,60}\b1\d{2,3}\b")


def wording(
    field: str,
    text: str,
    facts: Mapping[str, Fact],
    phones: Collection[str],
    *,
    opens_with_number: bool = False,
    most_words: int = MOST_WORDS,
) -> Iterator[tuple[str, str]]:
    """What must be mended in `text`, which stands in `field`: the field and the mend (Danish, for editors).

    `phones` are the confirmed telephone numbers without spaces.
    """
    mends = (*_figures(text, facts), *_readability(text, facts, most_words), *_tone(text), *_phones(text, phones))
    yield from ((field, mend) for mend in mends)
    if opens_with_number and not _NUMBER_FIRST.match(text):
        yield field, "et svar om sikkerhed begynder med det nummer, man skal ringe til"


def _figures(text: str, facts: Mapping[str, Fact]) -> Iterator[str]:
    for name in figures_in(text):
        if name not in facts:
            yield f"tallet «{name}» findes ikke i data/facts.yml"
    if typed := _TYPED_AMOUNT.search(text):
        yield f"«{typed[0]}» er skrevet direkte; læg tallet i data/facts.yml og skriv dets navn i {{ }}"


def _readability(text: str, facts: Mapping[str, Fact], most_words: int) -> Iterator[str]:
    if any(name not in facts for name in figures_in(text)):
        return
    told = as_written(text, facts)
    if (count := len(words(told))) > most_words:
        yield f"svaret er på {count} ord; højst {most_words}"
    if (value := lix(told)) > HIGHEST_LIX:
        yield f"lixtallet er {value:.0f}; højst {HIGHEST_LIX}. Skriv kortere sætninger og ord"


def _tone(text: str) -> Iterator[str]:
    if "!" in text:
        yield "brug ikke udråbstegn"
    if _PICTURE.search(text):
        yield "brug ikke emoji"
    if "du har ret til" in text.casefold():
        yield "skriv «du kan have ret til»; myndigheden afgør"


def _phones(text: str, phones: Collection[str]) -> Iterator[str]:
    for match in _PHONE.finditer(text):
        if match[0].replace(" ", "") not in phones:
            yield f"nummeret «{match[0]}» står ikke som bekræftet i data/directory"
