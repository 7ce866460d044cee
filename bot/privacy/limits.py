"""Limits that know how much is asked, never who asks."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], float]


class TooMany(Exception):
    """More than may be; after `seconds` it is worth another try."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__()


class TokenBucket:
    """Holds up to `burst` tokens, gets `rate` new ones a second (above zero), and begins full."""

    __slots__ = ("_burst", "_clock", "_rate", "_seen", "_tokens")

    def __init__(self, rate: float, burst: float, clock: Clock = time.monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._tokens = burst
        self._seen = clock()

    def take(self) -> None:
        """Takes a token. Raises TooMany, and takes nothing, when there is no whole one."""
        self._refill()
        if self._tokens < 1:
            raise TooMany((1 - self._tokens) / self._rate)
        self._tokens -= 1

    def emptiness(self) -> float:
        """The share of the tokens that is taken: 0 when it is full, 1 when nothing is left."""
        self._refill()
        return 1 - self._tokens / self._burst

    def _refill(self) -> None:
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._seen) * self._rate)
        self._seen = now
