"""The sentences and questions of a message, each of which may carry a matter of its own."""

from __future__ import annotations

import re

_BREAK = re.compile(
    r"[.?!;:\n]+\s*"
    r"|,?\s+(?:og|men|samt|and|but)(?:\s+så|\s+også)?\s+(?=(?:hv\w+|kan|ka|skal|må|er|får|har|findes|vil|how|where|what|can|do)\b)"
    r"|,\s*(?=(?:hv\w+|kan|ka|skal|må|er|findes|how|where|what|can)\b)",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3
_MOST = 8


def clauses(text: str) -> list[str]:
    """The sentences and questions of `text`, at least three words each, in order; the whole text when it does not come apart."""
    pieces: list[str] = []
    for piece in filter(None, map(str.strip, _BREAK.split(" ".join(text.split()), maxsplit=_MOST))):
        if pieces and min(len(pieces[-1].split()), len(piece.split())) < _FEWEST_WORDS:
            pieces[-1] += f" {piece}"
        else:
            pieces.append(piece)
    return pieces or [text]
