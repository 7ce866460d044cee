"""Copies of examples as hurried thumbs would type them."""

from __future__ import annotations

import random
from collections.abc import Sequence

_NEIGHBOURS = ("qwertyuiopå", "asdfghjklæø", "zxcvbnm")
_WITHOUT_DANISH_LETTERS = ({"æ": "ae", "ø": "oe", "å": "aa"}, {"æ": "a", "ø": "o", "å": "a"}, {"æ": "e", "ø": "o", "å": "o"})


def with_typos(texts: Sequence[str], seed: int) -> list[str]:
    """One misspelt copy of each text, in order. The same seed gives the same copies."""
    dice = random.Random(seed)
    return [_misspelt(text, dice) for text in texts]


def _misspelt(text: str, dice: random.Random) -> str:
    if dice.random() < 0.5:
        letters = dice.choice(_WITHOUT_DANISH_LETTERS)
        text = "".join(letters.get(c, c) for c in text.casefold())
    characters = list(text)
    for _ in range(1 + len(text) // 20):
        at = dice.randrange(len(characters)) if characters else 0
        if characters and characters[at].isalpha():
            dice.choice((_drop, _double, _swap, _slip))(characters, at, dice)
    return "".join(characters)


def _drop(characters: list[str], at: int, dice: random.Random) -> None:
    if len(characters) > 3:
        del characters[at]


def _double(characters: list[str], at: int, dice: random.Random) -> None:
    characters.insert(at, characters[at])


def _swap(characters: list[str], at: int, dice: random.Random) -> None:
    if at + 1 < len(characters):
        characters[at], characters[at + 1] = characters[at + 1], characters[at]


def _slip(characters: list[str], at: int, dice: random.Random) -> None:
    for row in _NEIGHBOURS:
        if (place := row.find(characters[at].casefold())) >= 0:
            characters[at] = dice.choice(row[max(place - 1, 0) : place + 2])
            return
