"""Opening hours as rows of an ordinary week, the only way HSDS schedules can tell them, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from opening_hours import State

from bot.directory.hours import parsed
from bot.directory.told import DAYS as NAMES
from bot.directory.told import WEEKDAYS, listed
from bot.settings import COPENHAGEN

DAYS = tuple(WEEKDAYS)
_DAY = timedelta(days=1)
_WEEKS = 52
_MIDNIGHT = "24:00"


class Row(NamedTuple):
    """Open from `opens` to `closes` (`HH:MM` on a clock in Copenhagen, 24:00 for the end of the day) on `days` (0 is Monday)."""

    days: tuple[int, ...]
    opens: str
    closes: str


def ordinary_week(opening_hours: str, today: date) -> tuple[Row, ...]:
    """When `opening_hours` is open in every week without public holidays in the year from `today`, times past midnight in two rows.

    Empty when weeks differ (a summer break, the first Monday of a month): no row would be true of all of them.
    """
    return _rows(opening_hours, today - timedelta(days=today.weekday()))


def opening_hours(rows: Iterable[Row]) -> str:
    """`rows` as OpenStreetMap writes them. A row that closes before it opens closes on the next day."""
    spans: dict[int, set[str]] = {}
    for row in rows:
        for day in row.days:
            spans.setdefault(day, set()).add(f"{row.opens}-{row.closes}")
    days = [(day, ",".join(sorted(spans[day]))) for day in sorted(spans)]
    if len(days) == len(DAYS) and {hours for _, hours in days} == {f"00:00-{_MIDNIGHT}"}:
        return "24/7"
    return "; ".join(f"{_span([day for day, _ in alike])} {hours}" for hours, alike in _runs(days))


def told(rows: Iterable[Row]) -> str:
    """`rows` in Danish words."""
    return " ".join(f"{_named(row.days)} kl. {row.opens}-{row.closes}.".capitalize().replace(":", ".") for row in rows)


@lru_cache(maxsize=16384)
def _rows(text: str, monday: date) -> tuple[Row, ...]:
    weeks = {_week(text, first) for first in _ordinary_mondays(monday)}
    if len(weeks) != 1:
        return ()
    days: dict[tuple[str, str], list[int]] = {}
    for day, opens, closes in sorted(weeks.pop()):
        days.setdefault((opens, closes), []).append(day)
    return tuple(Row(tuple(alike), opens, closes) for (opens, closes), alike in days.items())


@lru_cache(maxsize=8)
def _ordinary_mondays(monday: date) -> tuple[date, ...]:
    """The Mondays of weeks in which, and a day around which, no day is a public holiday and the clock is not changed."""
    mondays = (monday + timedelta(weeks=number) for number in range(_WEEKS))
    return tuple(first for first in mondays if _is_ordinary(_start(first - _DAY), _start(first + 8 * _DAY)))


def _is_ordinary(start: datetime, end: datetime) -> bool:
    holidays = any(state == State.OPEN for _, _, state, _ in parsed("PH").intervals(start, end))
    return not holidays and start.utcoffset() == end.utcoffset()


def _week(text: str, monday: date) -> frozenset[tuple[int, str, str]]:
    start, end = _start(monday), _start(monday + 7 * _DAY)
    states = parsed(text).intervals(start, end)
    return frozenset(part for opens, closes, state, _ in states if state == State.OPEN for part in _parts(opens, min(closes, end), monday))


def _parts(opens: datetime, closes: datetime, monday: date) -> Iterator[tuple[int, str, str]]:
    while opens < closes:
        midnight = _start(opens.date() + _DAY)
        yield (opens.date() - monday).days, f"{opens:%H:%M}", _MIDNIGHT if closes >= midnight else f"{closes:%H:%M}"
        opens = midnight


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), COPENHAGEN)


def _runs(days: list[tuple[int, str]]) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Days that follow each other and have the same hours."""
    for (hours, _), alike in groupby(enumerate(days), lambda item: (item[1][1], item[1][0] - item[0])):
        yield hours, [day for _, day in alike]


def _named(days: tuple[int, ...]) -> str:
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{NAMES[days[0]]} til {NAMES[days[-1]]}"
    return listed([NAMES[day] for day in days])


def _span(days: list[int]) -> str:
    first, last = (DAYS[day].capitalize() for day in (days[0], days[-1]))
    return first if first == last else f"{first}-{last}"
