"""Numbers written in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.personal.text import Span, Text

_UNITS = ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
_TEENS = ("ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten")
_TENS = ("tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems")
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_VALUES = {
    **{word: str(value) for value, word in enumerate((*_UNITS, *_TEENS))},
    **{word: str(10 * value) for value, word in enumerate(_TENS, start=2)},
    **{
        f"{unit}og{ten}": str(10 * tens + units)
        for tens, ten in enumerate(_TENS, start=2)
        for units, unit in enumerate(_UNITS[1:], start=1)
    },
    **{word: str(value) for value, word in enumerate(_ENGLISH)},
    **{"et": "1", "én": "1", "ét": "1", "fir": "4", "niti": "90", "halvtres": "50", "halvfjers": "70", "oh": "0"},
}
_LONGEST_FIRST = sorted(_VALUES, key=len, reverse=True)
NUMBER_WORD = rf"(?:{'|'.join(_LONGEST_FIRST)})"
_SAID = rf"(?:{NUMBER_WORD}|\d{{1,4}})"
_RUN = re.compile(rf"(?<![^\W_]){_SAID}(?:[ ,.-]{{1,3}}{_SAID}){{3,}}(?![^\W_])")
_CPR = re.compile(r"(?:0[1-9]|[1267]\d|[389][01])(?:0[1-9]|1[0-2])\d{6}")
_FEWEST_DIGITS = 7


def find_spoken(text: Text) -> Iterator[Span]:
    """Runs of number words that make a CPR number, or a telephone number or something as long."""
    for match in _RUN.finditer(text.figures):
        words = re.findall(r"[^ ,.-]+", match[0])
        digits = "".join(_VALUES.get(word, word) for word in words)
        if len(digits) >= _FEWEST_DIGITS and not all(word.isdigit() for word in words):
            yield Span(match.start(), match.end(), "cpr" if _CPR.fullmatch(digits) else "phone")
