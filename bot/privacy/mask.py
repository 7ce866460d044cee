"""Hiding what could identify a person, before anything else sees the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.privacy.personal.births import find_births
from bot.privacy.personal.identity import find_identity
from bot.privacy.personal.links import find_links
from bot.privacy.personal.money import find_money
from bot.privacy.personal.names import find_names
from bot.privacy.personal.online import find_online
from bot.privacy.personal.phones import find_phones
from bot.privacy.personal.places import find_places
from bot.privacy.personal.spoken import find_spoken
from bot.privacy.personal.text import Kind, Span, read

PLACEHOLDERS: dict[Kind, str] = {
    "cpr": "[cpr-nummer]",
    "cvr": "[cvr-nummer]",
    "account": "[kontonummer]",
    "iban": "[iban-nummer]",
    "card": "[kortnummer]",
    "id": "[id-nummer]",
    "plate": "[nummerplade]",
    "email": "[e-mail]",
    "link": "[link]",
    "handle": "[brugernavn]",
    "ip": "[ip-adresse]",
    "phone": "[telefonnummer]",
    "birthdate": "[fødselsdato]",
    "address": "[adresse]",
    "name": "[navn]",
}
_PLACEHOLDER = re.compile("|".join(map(re.escape, PLACEHOLDERS.values())))
# Of two that find the same, the first says what it is.
_FINDERS = (find_identity, find_money, find_births, find_phones, find_links, find_online, find_spoken, find_places, find_names)

# A number right behind another one is seen when that one is gone.
_PASSES = 3


class Masked(NamedTuple):
    """A text with its personal data replaced by words in brackets."""

    text: str
    spans: tuple[Span, ...]


def mask(text: str) -> Masked:
    """`text` without what identifies a person: one span and one placeholder of PLACEHOLDERS for each thing hidden.

    Amounts, hours, dates, ages, short numbers such as 112, and what the content itself tells of services stay.
    """
    spans = _without_overlap(sorted(_found(text), key=lambda span: (span.start, -span.end)))
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], PLACEHOLDERS[span.kind]]
        at = span.end
    return Masked("".join([*pieces, text[at:]]), spans)


def _found(text: str) -> list[Span]:
    found: list[Span] = []
    # The words in brackets would tell what a number behind them is.
    seen = read(text).without([match.span() for match in _PLACEHOLDER.finditer(text)])
    for _ in range(_PASSES):
        new = [span for find in _FINDERS for span in find(seen)]
        if not new:
            break
        found += new
        seen = seen.without([(span.start, span.end) for span in new])
    return found


def _without_overlap(spans: Sequence[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end > kept[-1].end:
            kept[-1] = kept[-1]._replace(end=span.end)
    return tuple(kept)
