"""What a message comes apart into: its sentences and questions, and, where it is long, the stretches between them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BREAK = re.compile(
    r"[.?!;:\n]+\s*"
    r"|,?\s+(?:og|men|samt|and|but)(?:\s+så|\s+også)?\s+(?=(?:hv\w+|kan|ka|skal|må|er|får|har|findes|vil|how|where|what|can|do)\b)"
    r"|,\s*(?=(?:hv\w+|kan|ka|skal|må|er|findes|how|where|what|can)\b)",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"[.?!;:,\n]+\s*|\s+(?:men|og så|fordi|but|and then|because)\s+", re.IGNORECASE)
_FEWEST_WORDS = 3
_MOST = 8
# From here on what is said in passing drowns in the rest.
_LONG = 12
_FEWEST_OF_A_STRETCH = 4
_STRETCH, _STEP = 14, 7
_MOST_STRETCHES = 24


def clauses(text: str) -> list[str]:
    """The sentences and questions of `text`, at least three words each, in order; the whole text when it does not come apart."""
    return _joined(_BREAK.split(" ".join(text.split()), maxsplit=_MOST), _FEWEST_WORDS) or [text]


def stretches(text: str) -> list[str]:
    """What is said from one pause to the next in a long `text`, at least four words each; none in a short one.

    Where nobody has put a comma, every fourteen words in turn, each half of which is in the next again.
    """
    words = text.split()
    if len(words) < _LONG:
        return []
    said = _joined(_PAUSE.split(" ".join(words)), _FEWEST_OF_A_STRETCH)
    if len(said) == 1:
        said = [" ".join(words[start : start + _STRETCH]) for start in range(0, len(words) - _STEP + 1, _STEP)]
    return said[:_MOST_STRETCHES]


def _joined(pieces: Iterable[str], fewest: int) -> list[str]:
    """`pieces`, each that is shorter than `fewest` words with the one before it."""
    joined: list[str] = []
    for piece in filter(None, map(str.strip, pieces)):
        if joined and min(len(joined[-1].split()), len(piece.split())) < fewest:
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return joined
