"""When to ask a feed again."""

from __future__ import annotations

import random as dice
from collections.abc import Callable
from datetime import datetime, timedelta

_FIRST = timedelta(minutes=5)
_LONGEST = timedelta(days=1)
_SPREAD = 0.1  # so that feeds set up together do not all wake at once


def next_try(
    failures: int, now: datetime, interval: timedelta, retry_after: timedelta | None = None, random: Callable[[], float] = dice.random
) -> datetime:
    """When a feed that has failed `failures` times in a row is due next.

    After success: `interval` and up to a tenth more. After failures: anywhere within 5 minutes, 10, 20, … up to a day ("full jitter",
    https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), but no sooner than the server's `retry_after`,
    which also counts for a day at most. `random` gives numbers from 0 to below 1.
    """
    if failures == 0:
        return now + interval * (1 + _SPREAD * random())
    longest: timedelta = min(_LONGEST, _FIRST * 2 ** min(failures - 1, 16))
    return now + min(_LONGEST, max(longest * random(), retry_after or timedelta()))
