"""Opening hours as OpenStreetMap writes them, read in Copenhagen's time with Danish public holidays."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from opening_hours import OpeningHours, State, validate

from bot.directory.moments import Window
from bot.settings import COPENHAGEN

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = "|".join(_DAYS)
_SPAN = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")
_NEXT_RULE = re.compile(rf";|(?<=\d),\s*(?=(?:{_DAY}|PH)\b)")
_WEEKDAYS = re.compile(rf"^\s*((?:(?:{_DAY}|PH)(?:-(?:{_DAY}))?,?\s*)+)(?=\d|$)")
_SOON = timedelta(days=8)


class _Spell(NamedTuple):
    """From `start` until before `end`, both in UTC, nothing changes."""

    start: datetime
    end: datetime
    state: State


def open_at(opening_hours: str | None, at: datetime) -> bool | None:
    """Whether a place with `opening_hours` is open at the moment `at`; None when nobody knows.

    Raises ValueError when `at` has no time zone or `opening_hours` cannot be read.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    if opening_hours is None:
        return None
    state = next(spell.state for spell in _spells(opening_hours, at.astimezone(COPENHAGEN).date()) if spell.end > at)
    return None if state == State.UNKNOWN else state == State.OPEN


def open_within(opening_hours: str | None, window: Window) -> bool | None:
    """Whether a place with `opening_hours` is open at some moment of `window`; None when nobody knows."""
    now = open_at(opening_hours, window.start)
    if opening_hours is None or now or window.end <= window.start:
        return now
    opens = next_opening(opening_hours, window.start)
    return now if opens is None else opens < window.end


def next_opening(opening_hours: str | None, at: datetime) -> datetime | None:
    """When a place with `opening_hours` that is closed at the moment `at` opens within eight days; None when nobody knows."""
    if opening_hours is None:
        return None
    latest = at.astimezone(UTC) + _SOON
    spells = _spells(opening_hours, at.astimezone(COPENHAGEN).date())
    opens = next((spell.start for spell in spells if spell.state == State.OPEN and at < spell.start < latest), None)
    return opens and opens.astimezone(COPENHAGEN)


@lru_cache(maxsize=16384)
def _spells(opening_hours: str, day: date) -> tuple[_Spell, ...]:
    """When a place is open, closed or neither, from the beginning of `day` in Copenhagen until later than anybody looks.

    One answer serves all searches of that day: hours take longer to read than all the rest of a search.
    """
    first = datetime.combine(day, time(), COPENHAGEN)
    read = parsed(opening_hours).intervals(first, first + _SOON + timedelta(days=2))
    return tuple(_Spell(_in_utc(start), _in_utc(end), state) for start, end, state, _ in read)


def _in_utc(change: datetime) -> datetime:
    # In the hour that comes twice, a place that closes at two has closed the first time.
    return change.replace(fold=0).astimezone(UTC)


@lru_cache(maxsize=16384)
def parsed(opening_hours: str) -> OpeningHours:
    """`opening_hours`, understood. Raises ValueError when it is none."""
    if not validate(opening_hours):
        raise ValueError(f"{opening_hours!r} are no opening hours")
    return OpeningHours(opening_hours, timezone=COPENHAGEN, country="DK")


def contradiction(opening_hours: str) -> str | None:
    """What in `opening_hours` an editor cannot have meant (Danish), though it can be read; None when all is well.

    Times that overlap, a time that ends when it begins, and a weekday that two rules give hours.
    """
    given: set[str] = set()
    for rule in _NEXT_RULE.split(opening_hours):
        spans = [_minutes(*map(int, span)) for span in _SPAN.findall(rule)]
        if any(start == end for start, end in spans):
            return "et tidsrum slutter, når det begynder"
        if any(one[0] < other[1] and other[0] < one[1] for one, other in combinations(spans, 2)):
            return "to tidsrum overlapper hinanden"
        days = _weekdays(rule) if spans else set()
        if twice := days & given:
            return f"{min(twice, key=_DAYS.index)} har tider to steder; skriv hver ugedag én gang"
        given |= days
    return None


def _minutes(hour: int, minute: int, end_hour: int, end_minute: int) -> tuple[int, int]:
    start, end = hour * 60 + minute, end_hour * 60 + end_minute
    return start, end if end >= start else end + 24 * 60


def _weekdays(rule: str) -> set[str]:
    """The weekdays `rule` is for; all, when it names none. A rule with months or dates is for none: it may well be an exception."""
    named = _WEEKDAYS.match(rule)
    if not named:
        return set(_DAYS) if _SPAN.match(rule.strip()) else set()
    days: set[str] = set()
    for first, last in re.findall(rf"({_DAY})(?:-({_DAY}))?", named[1]):
        start, end = _DAYS.index(first), _DAYS.index(last or first)
        days |= {_DAYS[day % 7] for day in range(start, end + 1 if end >= start else end + 8)}
    return days
