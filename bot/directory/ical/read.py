"""Courses from an iCalendar of somebody else's. Nothing in it is trusted: neither its text, its times nor how often it repeats."""

from __future__ import annotations

import hashlib
import re
import time
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast
from zoneinfo import available_timezones

import recurring_ical_events
from icalendar import Calendar, Event
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON
from pydantic import ValidationError

from bot.directory.fields import TIME_FORMAT
from bot.directory.ical.lines import MOST_EVENTS, Block, event_blocks
from bot.directory.ical.write import plain_text
from bot.directory.records import COURSE_UID, CourseRecord, Records, SourceRecord
from bot.settings import COPENHAGEN
from bot.topics.yaml_file import ContentError, Problem

_LONGEST_TEXT = 200
_LONGEST_ADDRESS = 2000
_AHEAD = timedelta(days=365)
_OLDEST_SERIES = 30  # years before the first date that is asked for
_MOST_SECONDS = 20.0
# A course repeats by the day at most. A rule outside this could run for hours before it gives its first date.
_RULE_PART = re.compile(
    r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)|(INTERVAL|COUNT)=[1-9]\d{0,3}|UNTIL=\d{8}(T\d{6}Z?)?|WKST=[A-Z]{2}"
    r"|BY(DAY|MONTHDAY|MONTH|SETPOS)=[A-Z\d,+-]{1,100}",
    re.ASCII | re.IGNORECASE,
)
_ZONE = re.compile(r';TZID="?([^";:]*)', re.IGNORECASE)
_TIMED = ("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE")


class Received(NamedTuple):
    """What a calendar held: `records` with courses only, and in `left_out` why (Danish) an event is not among them."""

    records: Records
    left_out: tuple[Problem, ...]


class _Refused(Exception):
    """Why an event cannot be used: the property, and how to mend it."""

    def __init__(self, name: str, mend: str) -> None:
        super().__init__(mend)
        self.name, self.mend = name, mend


class _Series(NamedTuple):
    """The events with one UID, which begin on line `number`: a single one, or one that repeats and the dates of it that were changed."""

    uid: str
    number: int
    events: list[Event]

    @property
    def repeats(self) -> bool:
        """Whether it has a date for each of its courses."""
        return any(name in event for event in self.events for name in ("RRULE", "RDATE", "RECURRENCE-ID"))


def read_calendar(content: bytes, path: Path, source: SourceRecord, assured_date: date, since: datetime) -> Received:
    """The courses of the calendar `content` in the 12 months from `since` (with a time zone), in Copenhagen's time.

    `path` names the calendar in what is told of it. A time without a zone is read as Copenhagen's. A course that repeats becomes one
    course for each date. Left out, and told, is what lies outside the 12 months, lasts whole days, is TENTATIVE, or begins or ends in
    the hour in which clocks are put back. A hostile calendar takes some 20 seconds, so call it in a thread.
    Raises ContentError when anything in it cannot be used, or when it has more than 10,000 events or dates.
    """
    every = _every_series(event_blocks(content, path), path, since)
    courses: dict[str, CourseRecord] = {}
    left_out: dict[Problem, None] = {}
    stop_at = time.monotonic() + _MOST_SECONDS
    for series in every:
        try:
            dates = _dates(series, since.astimezone(COPENHAGEN))
            reasons = [] if dates else ["ligger ikke i de næste 12 måneder"]
            for uid, event in dates:
                if reason := _reason_to_leave_out(event):
                    reasons.append(reason)
                elif uid in courses:
                    raise _Refused("UID", "det samme UID står to gange; giv hver begivenhed sit eget")
                else:
                    courses[uid] = _course(event, source, assured_date)
            if len(courses) > MOST_EVENTS:
                raise _Refused("RRULE", f"kalenderen har over {MOST_EVENTS} datoer; bed om en, der er mindre")
            if time.monotonic() > stop_at:
                raise _Refused("RRULE", "gentagelserne tager for lang tid at regne ud; gør dem enklere")
        except _Refused as refused:
            raise ContentError([_problem(path, series.number, series.uid, refused)]) from None
        left_out |= dict.fromkeys(Problem(path, series.number, _text(series.uid), reason) for reason in reasons)
    return Received(Records(courses=courses), tuple(left_out))


def _every_series(blocks: list[Block], path: Path, since: datetime) -> list[_Series]:
    """The events by UID, each of them checked. Raises ContentError with every mistake."""
    series: dict[str, _Series] = {}
    lines: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for block in blocks:
        uid = ""
        try:
            event = _event(block)
            uid = str(event["UID"])
            _check(event, since)
            first = lines.setdefault((uid, _mark(event)), block.number)
            if first != block.number:
                raise _Refused("UID", f"står også i begivenheden på linje {first}; slet den ene")
            series.setdefault(uid, _Series(uid, block.number, [])).events.append(event)
        except _Refused as refused:
            problems.append(_problem(path, block.line_of(refused.name), uid, refused))
    if problems:
        raise ContentError(problems)
    return list(series.values())


def _event(block: Block) -> Event:
    for line in block.lines:
        zone = _ZONE.search(line.text)
        if line.name in _TIMED and zone and zone[1] not in _zones():
            raise _Refused(line.name, f"tidszonen «{plain_text(zone[1])[:60]}» kendes ikke; brug Europe/Copenhagen")
    try:
        event = cast(Event, Event.from_ical("\r\n".join(("BEGIN:VEVENT", *(line.text for line in block.lines), "END:VEVENT"))))
    except Exception:  # of many kinds, whatever a stranger wrote
        raise _Refused("", "begivenheden kan ikke læses; ret den, eller slet den") from None
    for name, _ in event.errors:
        raise _Refused(name or "", "værdien kan ikke læses; ret den, eller slet begivenheden")
    for name in ("UID", "SUMMARY", "DTSTART"):
        if not event.get(name):
            raise _Refused(name, f"mangler; tilføj {name}:…")
    return event


@cache
def _zones() -> frozenset[str]:
    return frozenset({*available_timezones(), *WINDOWS_TO_OLSON})


def _check(event: Event, since: datetime) -> None:
    try:
        times, _ = _times(event), _mark(event)
    except Exception:  # of many kinds: a day with an hour, an end and a length, the year 9999
        raise _Refused("DTEND", "begivenhedens tider passer ikke sammen; ret DTSTART og DTEND") from None
    if times and times[1] <= times[0]:
        raise _Refused("DTEND", "skal ligge efter DTSTART")
    _told(event)
    if "EXRULE" in event:
        raise _Refused("EXRULE", "kan ikke bruges; skriv de dage, der falder ud, som EXDATE")
    if "RECURRENCE-ID" in event and ("RRULE" in event or "RDATE" in event):
        raise _Refused("RECURRENCE-ID", "en ændret dag må ikke selv gentages; slet RRULE og RDATE")
    if "RRULE" in event:
        rule: Any = event["RRULE"]
        if not all(map(_RULE_PART.fullmatch, rule.to_ical().decode().split(";"))):
            raise _Refused("RRULE", "kan ikke bruges; et kursus gentages højst hver dag, fx FREQ=WEEKLY;BYDAY=WE")
        if event.start.year < since.year - _OLDEST_SERIES:
            raise _Refused("DTSTART", "gentagelsen begynder for længe siden; lad den begynde i år")


def _told(event: Event) -> dict[str, Any]:
    """What a course's record says of an event, its times apart."""
    status = str(event.get("STATUS", "CONFIRMED")).upper()
    if status not in ("CONFIRMED", "CANCELLED", "TENTATIVE"):
        raise _Refused("STATUS", "skriv CONFIRMED, CANCELLED eller TENTATIVE")
    if (sequence := int(event.get("SEQUENCE", 0))) < 0:
        raise _Refused("SEQUENCE", "skriv et helt tal fra 0 og op")
    if not (summary := _text(event["SUMMARY"])):
        raise _Refused("SUMMARY", "må ikke være tom")
    url = plain_text(str(event.get("URL", "")))
    if url and (len(url) > _LONGEST_ADDRESS or not re.fullmatch(r"https?://\S+", url)):
        raise _Refused("URL", "skal være en adresse, der begynder med https://")
    return {
        "summary": summary,
        "status": status,
        "sequence": sequence,
        "location": _text(event.get("LOCATION", "")) or None,
        "organizer": _text(event["ORGANIZER"].params.get("CN", "")) or None if "ORGANIZER" in event else None,
        "signup": url or None,
    }


def _dates(series: _Series, since: datetime) -> list[tuple[str, Event]]:
    """Each date of `series` in the 12 months from `since`, with a UID of its own."""
    calendar = Calendar()
    for event in series.events:
        calendar.add_component(event)
    try:
        dates = recurring_ical_events.of(calendar).between(since, since + _AHEAD)
    except Exception:  # of many kinds: rules that contradict themselves, years that do not exist
        raise _Refused("RRULE", "gentagelsen kan ikke regnes ud; ret RRULE, RDATE og EXDATE") from None
    sequences = {_mark(event): event.get("SEQUENCE", 0) for event in series.events}
    for event in dates:
        # The library gives every date the highest number of its series; but only the date that was changed has changed.
        event["SEQUENCE"] = sequences.get(_mark(event), sequences.get("", 0))
    return [(_fitting(series.uid, _mark(event) if series.repeats else ""), event) for event in dates]


def _mark(event: Event) -> str:
    """Which date of its series an event is, in UTC; empty for the series itself."""
    if "RECURRENCE-ID" not in event:
        return ""
    when: Any = event["RECURRENCE-ID"]
    return f"{_local(when.dt).astimezone(UTC):%Y%m%dT%H%M%SZ}" if isinstance(when.dt, datetime) else f"{when.dt:%Y%m%d}"


def _fitting(uid: str, mark: str) -> str:
    """`uid` for the date `mark`, in the letters a course's UID may have: always the same, and another for another `uid`."""
    name, _, host = uid.partition("@")
    ending = mark and f"-{mark}"
    if COURSE_UID.fullmatch(fitting := f"{name}{ending}@{host}"):
        return fitting
    kept = re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:80]
    return f"{kept}-{hashlib.sha256(uid.encode()).hexdigest()[:16]}{ending}@kalender"


def _reason_to_leave_out(event: Event) -> str:
    if not (times := _times(event)):
        return "varer hele dagen og har intet klokkeslæt"
    if str(event.get("STATUS", "")).upper() == "TENTATIVE":
        return "er kun foreløbig (TENTATIVE)"
    if any(one.utcoffset() != one.replace(fold=1 - one.fold).utcoffset() for one in times):
        return "begynder eller slutter i den time, hvor uret stilles"
    return ""


def _course(event: Event, source: SourceRecord, assured_date: date) -> CourseRecord:
    start, end = (f"{moment:{TIME_FORMAT}}" for moment in _times(event) or ())
    fields = {**_told(event), "dtstart": start, "dtend": end, "source": source, "assured_date": assured_date}
    try:
        return CourseRecord.model_validate(fields)
    except ValidationError as error:
        raise _Refused("", f"kan ikke bruges: {error.errors()[0]['msg']}") from None


def _times(event: Event) -> tuple[datetime, datetime] | None:
    """When it begins and ends, in Copenhagen; None when it lasts whole days."""
    start, end = event.start, event.end
    return (_local(start), _local(end)) if isinstance(start, datetime) and isinstance(end, datetime) else None


def _local(moment: datetime) -> datetime:
    # By way of UTC, so that an hour that was skipped becomes the one it really is (RFC 5545, section 3.3.5).
    return (moment if moment.tzinfo else moment.replace(tzinfo=COPENHAGEN)).astimezone(UTC).astimezone(COPENHAGEN)


def _text(value: object) -> str:
    return plain_text(str(value))[:_LONGEST_TEXT].strip()


def _problem(path: Path, line: int, uid: str, refused: _Refused) -> Problem:
    return Problem(path, line, " ".join(filter(None, (_text(uid), refused.name))), refused.mend)
