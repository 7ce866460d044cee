"""Records of files as rows of tables, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from sqlalchemy import delete, exists, false, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.directory.records import TIME_FORMAT, AddressRecord, CourseRecord, PhoneRecord, Records, ServiceRecord, SourceRecord
from bot.directory.tables import Base, Event, Location, Need, Organization, Phone, Schedule, Service

_SAME_SERVICE = (
    "name", "status", "description", "note", "minimum_age", "maximum_age", "anonymous", "free",
    "cpr_required", "residence_required", "url", "email", "confidence", "as_of", "assured_date",
)  # fmt: skip
_SAME_COURSE = ("summary", "dtstart", "dtend", "status", "sequence", "location", "organizer", "signup", "assured_date")
# What a card shows of a service, to be loaded with it.
CARD_SERVICE = (
    joinedload(Service.organization, innerjoin=True),
    joinedload(Service.schedule),
    selectinload(Service.phones),
    selectinload(Service.locations),
)


async def replace(session: AsyncSession, records: Records, *, seeded: bool) -> None:
    """Puts `records` in the place of what has the same ids. `seeded` records leave no other seeded ones behind."""
    old = true() if seeded else false()
    await session.execute(delete(Service).where(Service.id.in_(records.services) | (Service.seeded & old)))
    await session.execute(delete(Event).where(Event.uid.in_(records.courses) | (Event.seeded & old)))
    organizations = {row.name: row for row in await session.scalars(select(Organization))}
    for name, service in records.services.items():
        organization = organizations.setdefault(service.organization, Organization(name=service.organization))
        session.add(_service_row(name, service, organization, seeded=seeded))
    session.add_all(_event_row(uid, course, seeded=seeded) for uid, course in records.courses.items())
    await session.flush()
    await session.execute(delete(Organization).where(~exists().where(Service.organization_id == Organization.id)))


async def all_records(session: AsyncSession) -> Records:
    """Everything the directory holds."""
    services = await session.scalars(select(Service).options(*CARD_SERVICE, selectinload(Service.needs)))
    events = await session.scalars(select(Event))
    return Records({row.id: _service_record(row) for row in services}, {row.uid: _course_record(row) for row in events})


def _service_row(name: str, record: ServiceRecord, organization: Organization, *, seeded: bool) -> Service:
    return Service(
        id=name,
        organization=organization,
        for_whom=list(record.for_whom),
        source_title=record.source.title,
        source_url=record.source.url,
        seeded=seeded,
        schedule=_schedule_row(record),
        phones=[Phone(**phone.model_dump()) for phone in record.phones],
        locations=[Location(**address.model_dump()) for address in record.addresses],
        needs=[Need(term=term, position=position) for position, term in enumerate(record.needs)],
        **_fields(record, _SAME_SERVICE),
    )


def _schedule_row(record: ServiceRecord) -> Schedule | None:
    if not record.hours_text:
        return None
    return Schedule(opening_hours=record.opening_hours, description=record.hours_text, as_of=record.hours_as_of)


def _event_row(uid: str, record: CourseRecord, *, seeded: bool) -> Event:
    return Event(
        uid=uid,
        source_title=record.source.title,
        source_url=record.source.url,
        seeded=seeded,
        **_fields(record, _SAME_COURSE),
    )


def _service_record(row: Service) -> ServiceRecord:
    schedule = row.schedule
    return ServiceRecord(
        organization=row.organization.name,
        needs=tuple(need.term for need in row.needs),
        for_whom=tuple(row.for_whom),
        phones=tuple(PhoneRecord(**_fields(phone, PhoneRecord.model_fields)) for phone in row.phones),
        addresses=tuple(AddressRecord(**_fields(location, AddressRecord.model_fields)) for location in row.locations),
        opening_hours=schedule and schedule.opening_hours,
        hours_text=schedule and schedule.description,
        hours_as_of=schedule and schedule.as_of,
        source=SourceRecord(title=row.source_title, url=row.source_url),
        **_fields(row, _SAME_SERVICE),
    )


def _course_record(row: Event) -> CourseRecord:
    fields = _fields(row, _SAME_COURSE)
    fields |= {name: f"{fields[name]:{TIME_FORMAT}}" for name in ("dtstart", "dtend")}
    return CourseRecord(source=SourceRecord(title=row.source_title, url=row.source_url), **fields)


def _fields(row: Base | BaseModel, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
