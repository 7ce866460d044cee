"""Phrases that say something beyond doubt, looked for in whatever spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bot.nlu.normalise import fold, normalise

_MOST_WORDS_BETWEEN = 3
_GAP = rf"(?: \S+){{0,{_MOST_WORDS_BETWEEN}}}? "
WRITES_WORDS_TOGETHER = re.compile("[\u0e00-\u0e7f\u4e00-\u9fff]")


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of `phrases` in what `spelt_plainly` gives.

    In a phrase `*` at the end of a word stands for any ending, `*` alone for up to three words.
    """
    apart: list[str] = []
    together: list[str] = []
    for phrase in phrases:
        (together if WRITES_WORDS_TOGETHER.search(phrase) else apart).append(_one(phrase))
    return re.compile(rf"(?<!\w)(?:{_any(apart)})(?!\w)|{_any(together)}")


def spelt_plainly(text: str) -> str:
    """`text` as the patterns read it: lower case, plain letters, no letter doubled."""
    return _without_accents(fold(normalise(text)))


def _any(alternatives: list[str]) -> str:
    return "|".join(sorted(alternatives, key=len, reverse=True)) or r"(?!)"


def _one(phrase: str) -> str:
    groups = [[_word(word) for word in group.split()] for group in re.split(r"(?:^|\s)\*(?=\s|$)", phrase)]
    return _GAP.join(" ".join(words) for words in groups if words)


def _word(word: str) -> str:
    stem = re.escape(spelt_plainly(word.rstrip("*")))
    return stem + (r"\w*" if word.endswith("*") else "")


def _without_accents(text: str) -> str:
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text))
