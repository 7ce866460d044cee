"""How sure the directory is of itself: who confirmed what, what has grown old, and what a person must check next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dateutil.rrule import rrulestr
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.records import ConfirmedRecord, PlanRecord, Records, ServiceRecord
from bot.directory.rows import count_change, decide, this_second
from bot.directory.tables import Service
from bot.directory.vocabulary import NEEDS

# Half a year: places move, close and change their hours; a number that is wrong in danger does harm sooner than one would think.
ASSURED_FOR = timedelta(days=180)
_HARM = {need: rank for rank, need in enumerate(NEEDS)}
_OLD_FIRST = {"usikker": 0, "ældre": 1, "sikker": 2}


class UnknownServiceError(Exception):
    """There is no service with that id."""


class Due(NamedTuple):
    """A row that a person must check: its id, what it is called, why, and where to look (all but the id in Danish)."""

    id: str
    name: str
    why: str
    where: str


def checked_on(record: ServiceRecord) -> date:
    """The day on which somebody last looked at what stands in `record`."""
    return max(record.assured_date, record.confirmed.on) if record.confirmed else record.assured_date


def is_confirmed(record: ServiceRecord, today: date) -> bool:
    """Whether somebody has asked the place itself, and not too long ago."""
    return record.confirmed is not None and today - record.confirmed.on <= ASSURED_FOR


def is_old(record: ServiceRecord, today: date) -> bool:
    """Whether it is too long ago that anybody looked."""
    return today - checked_on(record) > ASSURED_FOR


def share_confirmed(services: Iterable[ServiceRecord], today: date) -> float:
    """How many of the services that people are sent to are confirmed, from 0 to 1; 1 for none."""
    confirmed = [is_confirmed(record, today) for record in services if record.exists]
    return sum(confirmed) / len(confirmed) if confirmed else 1.0


def due(records: Records, today: date) -> list[Due]:
    """What a person must check, the most harmful to be wrong about first; among equals what is least certain and oldest."""
    services = [
        (name, record)
        for name, record in records.services.items()
        if record.status not in ("defunct", "inactive") and not is_confirmed(record, today)
    ]
    services.sort(key=lambda named: (_harm(named[1]), _OLD_FIRST[named[1].confidence], checked_on(named[1]), named[0]))
    return [
        *(Due(name, record.name, _why(record, today), _where(record)) for name, record in services),
        *(
            Due(uid, plan.summary, "der er ingen dato for den næste gang", plan.source.url or plan.source.title)
            for uid, plan in sorted(records.plans.items())
            if not _planned(plan, records, today)
        ),
    ]


async def confirm(session: AsyncSession, name: str, by: str, on: date) -> None:
    """Records that `by` asked the service `name` itself on the day `on`, and that all of it is right; the caller commits.

    Raises UnknownServiceError, and pydantic's ValidationError for an empty name or a day to come.
    """
    confirmed = ConfirmedRecord(by=by, on=on)
    row = await session.get(Service, name)
    if row is None:
        raise UnknownServiceError(name)
    row.confirmed_by, row.confirmed_on = confirmed.by, confirmed.on
    row.last_modified = this_second()
    await decide(session, name, "confirm", confirmed.by)
    await count_change(session)


def _harm(record: ServiceRecord) -> int:
    # What was imported before there was a vocabulary may have other needs.
    return min(_HARM.get(need, len(_HARM)) for need in record.needs)


def _why(record: ServiceRecord, today: date) -> str:
    if record.confirmed or is_old(record, today):
        return f"sidst tjekket {checked_on(record):%d.%m.%Y}"
    if record.confidence == "usikker":
        return "usikkert, om det findes; nummer og adresse vises ikke"
    if record.confidence == "ældre":
        return f"gamle oplysninger ({record.as_of})"
    dated = [part for part, as_of in _dated(record) if as_of]
    return f"ældre: {', '.join(dict.fromkeys(dated))}" if dated else "aldrig bekræftet af stedet selv"


def _dated(record: ServiceRecord) -> list[tuple[str, str | None]]:
    return [
        *(("telefon", phone.as_of) for phone in record.phones),
        *(("adresse", address.as_of) for address in record.addresses),
        ("åbningstid", record.hours_as_of),
    ]


def _where(record: ServiceRecord) -> str:
    return record.url or record.source.url or record.source.title


def _planned(plan: PlanRecord, records: Records, today: date) -> bool:
    """Whether a course of the plan's name, not cancelled, has a date from today until the plan says that the one after is over."""
    start = datetime(today.year, today.month, today.day)  # noqa: DTZ001 - days only
    until = rrulestr(plan.rrule, dtstart=start).after(start)
    courses = [course for course in records.courses.values() if course.summary == plan.summary and course.status != "CANCELLED"]
    return any(today <= course.dtstart.date() <= until.date() for course in courses)
