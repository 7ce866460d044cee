"""Opening hours as OpenStreetMap writes them, read in Copenhagen's time with Danish public holidays."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from opening_hours import OpeningHours, validate

from bot.settings import COPENHAGEN


def open_at(opening_hours: str | None, at: datetime) -> bool | None:
    """Whether a place with `opening_hours` is open at the moment `at`; None when nobody knows.

    Raises ValueError when `at` has no time zone or `opening_hours` cannot be read.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    if opening_hours is None:
        return None
    hours, at = parsed(opening_hours), at.astimezone(COPENHAGEN)
    return None if hours.is_unknown(at) else hours.is_open(at)


@lru_cache(maxsize=4096)
def parsed(opening_hours: str) -> OpeningHours:
    """`opening_hours`, understood. Raises ValueError when it is none."""
    if not validate(opening_hours):
        raise ValueError(f"{opening_hours!r} are no opening hours")
    return OpeningHours(opening_hours, timezone=COPENHAGEN, country="DK")
