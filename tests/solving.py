"""Solves challenges as docs/limits.md describes them, without the code that makes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import count, islice

from bot.privacy.proof_of_work import Challenge


def solved(challenge: Challenge, begin: int = 0) -> str:
    """The header that answers `challenge`, with numbers from `begin` on."""
    return ".".join((challenge["seed"], *islice(_numbers(challenge, begin), challenge["count"])))


def _numbers(challenge: Challenge, begin: int) -> Iterator[str]:
    for candidate in count(begin):
        number = f"{candidate:08x}"
        first_bits = int(hashlib.sha256(f"{challenge['seed']}.{number}".encode()).hexdigest()[:8], 16)
        if first_bits * challenge["difficulty"] < 2**32:
            yield number
