"""Which words are given names."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

_LIST = Path(__file__).with_name("given_names.txt")
_ALSO_A_WORD = "*"


class GivenNames(NamedTuple):
    """Names in lower case: those that are nothing else, and those that are words or places as well."""

    only: frozenset[str]
    also_words: frozenset[str]


@cache
def given_names() -> GivenNames:
    """The names of `given_names.txt`; read once."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    words = [word.lower() for line in lines if not line.startswith("#") for word in line.split()]
    return GivenNames(
        only=frozenset(word for word in words if not word.endswith(_ALSO_A_WORD)),
        also_words=frozenset(word.removesuffix(_ALSO_A_WORD) for word in words if word.endswith(_ALSO_A_WORD)),
    )
