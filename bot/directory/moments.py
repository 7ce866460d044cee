"""When somebody wants to go: as it is typed, as one of a closed set of values, and as a stretch of time in Copenhagen.

A value is `now`, `today`, `tomorrow`, `overmorrow`, `weekend` or a weekday as RFC 5545 has it (`MO` … `SU`); or a part of the day or a
clock time, by itself for the next one there is, or of a day: `evening`, `SA:evening`, `18:00`, `tomorrow:18:00`, `after:20:00`,
`SA:before:12:30`; or, in minutes, so long from now: `in:90`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from bot.directory.spoken_times import PARTS, Spoken, spoken_in
from bot.directory.told import WEEKDAYS
from bot.settings import COPENHAGEN


class Window(NamedTuple):
    """From `start` until before `end`, both with a time zone; one moment when they are the same."""

    start: datetime
    end: datetime


class _Value(NamedTuple):
    day: str | None
    part: str | None
    bound: str | None
    clock: time | None
    later: int | None


# Hours from the day's midnight. The night belongs to the day that it begins on.
_HOURS = {"morning": (6, 12), "afternoon": (12, 18), "evening": (17, 24), "night": (22, 30)}
_NIGHTS_END = 6
_HOUR, _MINUTE, _DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
_REST = rf"(?:(?P<part>{'|'.join(PARTS)})|(?:(?P<bound>after|before):)?(?P<clock>(?:[01]\d|2[0-3]):[0-5]\d))"
_GRAMMAR = re.compile(
    r"(?P<whole>now|today|weekend)|in:(?P<later>[1-9]\d{0,2})"
    rf"|(?:(?P<day>tomorrow|overmorrow|{'|'.join(WEEKDAYS)})(?:$|:(?!$)))?(?:{_REST})?"
)
_DAYS_TOLD = {
    **{code: f"på {name}" for code, name in WEEKDAYS.items()},
    "now": "lige nu",
    "today": "i dag",
    "tomorrow": "i morgen",
    "overmorrow": "i overmorgen",
    "weekend": "i weekenden",
}
_PARTS_TOLD = {"morning": "om formiddagen", "afternoon": "om eftermiddagen", "evening": "i aften", "night": "i nat"}
_PARTS_OF_DAYS_TOLD = {"morning": "formiddag", "afternoon": "eftermiddag", "evening": "aften", "night": "nat"}
_BOUNDS_TOLD = {"after": "efter ", "before": "før ", None: ""}


def when_in(text: str) -> str | None:
    """The value for the time that a Danish (or simple English) message names, however it is typed; None when it names none.

    A day with a part of it or an hour goes before a day alone, and anything before «nu».
    """
    said = spoken_in(text)
    return _value_of(said) if said else None


def window(when: str, now: datetime) -> Window:
    """The next stretch of time that `when` means at the moment `now`, in Copenhagen's time. It never begins before `now`.

    Raises ValueError when `now` has no time zone or `when` is no value.
    """
    if now.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    value = _read(when)
    # Within one time zone Python compares what the clock shows, which an hour that comes twice leads astray.
    now = now.astimezone(UTC)
    if when == "now" or value.later:
        moment = now + (value.later or 0) * _MINUTE
        return _copenhagen(moment, moment)
    start, end = next((start, end) for start, end in _stretches(value, now.astimezone(COPENHAGEN).date()) if end > now)
    start = max(start, now)
    return _copenhagen(start, start if value.clock and not value.bound else end)


def told_when(when: str) -> str:
    """How `when` stands in a Danish sentence: `lige nu`, `på lørdag kl. 18`. Raises ValueError when `when` is no value."""
    day, part, bound, clock, later = _read(when)
    if later:
        return _told_later(later)
    if part == "night" and day in WEEKDAYS:
        return f"natten til {WEEKDAYS[_weekday(day, 1)]}"
    if part:
        return f"{_DAYS_TOLD[day]} {_PARTS_OF_DAYS_TOLD[part]}" if day else _PARTS_TOLD[part]
    told = [_DAYS_TOLD[day]] if day else []
    if clock:
        hour = 24 if bound == "before" and clock == time() else clock.hour
        told.append(f"{_BOUNDS_TOLD[bound]}kl. {hour}" + (f".{clock.minute:02}" if clock.minute else ""))
    return " ".join(told)


def _told_later(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if rest:
        return "om en halv time" if minutes == 30 else f"om {minutes} minut{'ter' if minutes > 1 else ''}"
    return "om en time" if hours == 1 else f"om {hours} timer"


def _read(when: str) -> _Value:
    match = _GRAMMAR.fullmatch(when)
    if not (match and when):
        raise ValueError(f"{when!r} is no time that anybody can want")
    clock = time.fromisoformat(match["clock"]) if match["clock"] else None
    later = int(match["later"]) if match["later"] else None
    return _Value(match["whole"] or match["day"], match["part"], match["bound"], clock, later)


def _value_of(said: Spoken) -> str:
    if said.later:
        return f"in:{said.later}"
    day, part, clock = said.day, said.part, said.clock
    if said.eve:
        day, part = (_weekday(day, -1) if day in WEEKDAYS else None), "night"
    if clock and clock[0] >= 24 and said.bound != "before":
        # The day that it says is the day before.
        if day == "tomorrow":
            clock, part = None, "night"
        elif day in WEEKDAYS:
            day = _weekday(day, 1)
    exact = f"{said.bound + ':' if said.bound else ''}{clock[0] % 24:02}:{clock[1]:02}" if clock else part
    if not exact or day == "weekend":
        return day or "today"
    return f"{day}:{exact}" if day in ("tomorrow", "overmorrow", *WEEKDAYS) else exact


def _stretches(value: _Value, today: date) -> Iterator[tuple[datetime, datetime]]:
    """The stretches that `value` can mean on `today`, in UTC and in order; the first ones may be over."""
    wanted = {"today": today, "tomorrow": today + _DAY, "overmorrow": today + 2 * _DAY}.get(value.day or "")
    weekday = "SA" if value.day == "weekend" else value.day if value.day in WEEKDAYS else None
    # The night and the weekend may have begun the day before.
    begun = value.part == "night" or value.day == "weekend"
    for later in range(-1 if begun else 0, 9):
        day = today + later * _DAY
        if wanted in (None, day) and weekday in (None, tuple(WEEKDAYS)[day.weekday()]):
            yield from _on(day, value)


def _on(day: date, value: _Value) -> Iterator[tuple[datetime, datetime]]:
    if value.part:
        first, last = _HOURS[value.part]
        yield _at(day, first * _HOUR), _at(day, last * _HOUR)
    elif value.clock is None:
        yield _at(day), _at(day, 48 * _HOUR if value.day == "weekend" else _DAY)
    else:
        clock = value.clock.hour * _HOUR + value.clock.minute * _MINUTE
        if value.bound == "before":
            yield _at(day), _at(day, clock or _DAY)
        elif value.bound == "after":
            yield _at(day, clock), _at(day, _NIGHTS_END * _HOUR + (_DAY if clock >= _NIGHTS_END * _HOUR else timedelta()))
        else:
            # It is that o'clock for a minute, and once more where an hour comes twice.
            yield from ((moment, moment + _MINUTE) for moment in (_at(day, clock), _at(day, clock, again=True)))


def _at(day: date, clock: timedelta = timedelta(), *, again: bool = False) -> datetime:
    """When Copenhagen's clocks show `clock` after the midnight of `day`, in UTC; as if they had not yet been changed."""
    wall = datetime.combine(day, time(), COPENHAGEN) + clock
    return wall.replace(fold=again).astimezone(UTC)


def _copenhagen(start: datetime, end: datetime) -> Window:
    return Window(start.astimezone(COPENHAGEN), end.astimezone(COPENHAGEN))


def _weekday(day: str, later: int) -> str:
    """The weekday so many days after `day`."""
    codes = tuple(WEEKDAYS)
    return codes[(codes.index(day) + later) % 7]
