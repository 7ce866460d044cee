"""Hiding what could identify a person, before anything else sees the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

import phonenumbers

Kind = Literal["cpr", "phone", "email", "address"]


class Span(NamedTuple):
    """Where something was hidden, in code points of the original text, and what it was."""

    start: int
    end: int
    kind: Kind


class Masked(NamedTuple):
    """A text with its personal data replaced by words in brackets."""

    text: str
    spans: tuple[Span, ...]


PLACEHOLDERS: dict[Kind, str] = {"cpr": "[cpr-nummer]", "phone": "[telefonnummer]", "email": "[e-mail]", "address": "[adresse]"}

_SEPARATOR = r"[\s./–-]{0,3}"
_CPR = re.compile(rf"(?<!\d)(?:0[1-9]|[12]\d|3[01]){_SEPARATOR}(?:0[1-9]|1[0-2]){_SEPARATOR}\d{{2}}{_SEPARATOR}\d{{4}}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\ssnabel-?a\s)\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_STREET = r"(?:vej|gade|allé|alle|stræde|straede|plads|torv|vænge|vaenge|boulevard|vang|parken|gården|gaarden|kaj|bakken|toften)"
_ADDRESS = re.compile(
    rf"\b(?:[^\W\d_]{{2,}}{_STREET}|(?-i:[A-ZÆØÅ])[^\W\d_]+ {_STREET})n?\s+\d{{1,3}}(?!\d)(?:\s?[a-z]\b)?"
    r"(?:\s*,?\s*(?:(?:st|\d{1,2})\.?\s*(?:sal\.?)?\s*(?:tv|th|mf|,)\.?)+)?(?:\s*,?\s*\d{4}\s+[A-ZÆØÅ]\w+(?:\s[A-ZÆØÅ]{1,2}\b)?)?",
    re.IGNORECASE,
)
_DATE_OR_YEARS = r"(?!\d{1,2}[.\-/]\d{1,2}[.\-/](?:19|20)\d\d\b|(?:19|20)\d\d-(?:19|20)\d\d\b)"
_SPACED_PHONE = re.compile(rf"(?<![\d.,]){_DATE_OR_YEARS}" r"(?:(?:\+|00)45\s?)?[2-9]\d(?:[\s.-]?\d\d){3}(?!\d|[.,]\d|\s?(?:kr|kroner)\b)")


def mask(text: str) -> Masked:
    """`text` without CPR numbers, phone numbers, e-mail and street addresses; short numbers such as 112 and amounts stay."""
    spans = _without_overlap(sorted(_found(text), key=lambda span: (span.start, -span.end)))
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], PLACEHOLDERS[span.kind]]
        at = span.end
    return Masked("".join([*pieces, text[at:]]), spans)


def _found(text: str) -> Iterator[Span]:
    patterns: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("cpr", _CPR),
        ("email", _EMAIL),
        ("address", _ADDRESS),
        ("phone", _SPACED_PHONE),
    )
    for kind, pattern in patterns:
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), kind)
    for number in phonenumbers.PhoneNumberMatcher(text, None):
        yield Span(number.start, number.end, "phone")


def _without_overlap(spans: list[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end > kept[-1].end:
            kept[-1] = kept[-1]._replace(end=span.end)
    return tuple(kept)
