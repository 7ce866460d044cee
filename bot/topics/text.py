"""Reading Danish text: folding for comparison, words, readability."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae"})
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_SENTENCE_END = re.compile(r"[.!?:](?=\s|$)|\n+")


def folded(text: str) -> str:
    """`text` as two writers would spell it alike: lower case, æ/ø/å as ae/oe/aa, letters, digits and single spaces only."""
    text = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", text))


def words(text: str) -> list[str]:
    """The words of `text`, figures included; `18.00` and `kvinde-herberg` are one word each."""
    return _WORD.findall(text)


def lix(text: str) -> float:
    """Readability after Björnsson (1968): words per sentence + share of words over six letters in per cent; 0 if empty."""
    all_words = words(text)
    if not all_words:
        return 0.0
    sentences = [part for part in _SENTENCE_END.split(text) if words(part)]
    long_words = sum(len(word) > 6 for word in all_words)
    return len(all_words) / len(sentences) + 100 * long_words / len(all_words)
