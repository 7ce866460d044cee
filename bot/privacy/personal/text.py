"""A message as the rules of masking read it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from bot.privacy.personal.harmless import without_harmless

Kind = Literal[
    "cpr",
    "cvr",
    "account",
    "iban",
    "card",
    "id",
    "plate",
    "email",
    "link",
    "handle",
    "ip",
    "phone",
    "birthdate",
    "address",
    "name",
]


class Span(NamedTuple):
    """Where something personal stands, in code points of what was said, and what it is."""

    start: int
    end: int
    kind: Kind


class Text(NamedTuple):
    """A message in three views of equal length, so that a place in one is the place in all.

    `written` has ASCII digits, one kind of dash and of space; `plain` is in lower case as well, with a zero for a letter o among digits;
    in `figures` amounts, dates, hours and short numbers are blotted out, too.
    """

    written: str
    plain: str
    figures: str

    def without(self, places: Sequence[tuple[int, int]]) -> Text:
        """The same with what stands from … to … in `places` blotted out by signs that are no letter, digit or space."""
        if not places:
            return self
        views = [list(view) for view in self]
        for view in views:
            for start, end in places:
                view[start:end] = _BLOT * (end - start)
        return Text(*map("".join, views))


_BLOT = "\1"
_DASHES = "‐‑‒–—―−⁃"
# Signs that are not seen; between the digits of a number they are as good as a space.
_UNSEEN = {"Cf", "Cc", "Zs", "Zl", "Zp"}
_LIKE_DIGITS = re.compile(r"(?<![^\W_])[\doil]{2,}(?![^\W_])")
_ZEROS = str.maketrans("o", "0")
_ALL_AS_DIGITS = str.maketrans("oil", "011")


def read(said: str) -> Text:
    """The views of a message."""
    written = said.translate(_TABLE)
    plain = _LIKE_DIGITS.sub(_digits, written.lower())
    return Text(written, plain, without_harmless(plain))


def matches(kind: Kind, pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """Where `pattern` matches: all its groups that took part, or else the whole match."""
    for match in pattern.finditer(text):
        groups = [number for number in range(1, pattern.groups + 1) if match[number] is not None]
        for number in groups or [0]:
            yield Span(match.start(number), match.end(number), kind)


def _digits(match: re.Match[str]) -> str:
    token = match[0]
    if not any(sign.isdigit() for sign in token):
        return token
    # "10l" and "2i" are ten litres and "two in"; in a longer number they are slips of the thumb.
    return token.translate(_ALL_AS_DIGITS if len(token) > 3 else _ZEROS)


def _simple(sign: str) -> str:
    if sign in _DASHES:
        return "-"
    if unicodedata.category(sign) in _UNSEEN:
        return " "
    folded = unicodedata.normalize("NFKC", sign)
    if len(folded) != 1 or len(folded.lower()) != 1:
        return "i" if sign == "İ" else sign
    return str(unicodedata.digit(folded)) if folded.isdigit() else folded


class _Simple(dict[int, str]):
    """Signs as `written` has them, by code point. Those of other scripts are worked out each time: nothing people type is kept."""

    def __missing__(self, code: int) -> str:
        return _simple(chr(code))


_TABLE = _Simple({code: _simple(chr(code)) for code in range(0x600)})
