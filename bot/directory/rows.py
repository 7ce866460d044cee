"""Records written to the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.catalogue import Catalogue, read
from bot.directory.records import AddressRecord, CourseRecord, PlanRecord, Records, ServiceRecord
from bot.directory.tables import (
    Accessibility,
    Address,
    CostOption,
    Decision,
    Event,
    Language,
    Location,
    Need,
    Organization,
    Phone,
    Plan,
    RequiredDocument,
    Schedule,
    Service,
    ServiceAtLocation,
    State,
)

FILES, IMPORT = "files", "import"
_OTHERWISE = {
    "organization", "needs", "languages", "fees", "required_documents", "phones", "addresses", "opening_hours", "hours_text",
    "hours_as_of", "source", "confirmed",
}  # fmt: skip


async def replace(session: AsyncSession, records: Records, *, origin: str, known: Catalogue | None = None) -> None:
    """Puts `records` in the place of what has the same ids; the content's `FILES` leave no other rows of the content behind.

    `known` is what the tables hold, where that has been read already. What is the same stays untouched, with the date of its last
    change. A confirmation outlives a record that comes without one and is otherwise the same.
    """
    old = known or await read(session)
    mine = {name for name, other in old.origins.items() if other == origin} if origin == FILES else set()
    gone = mine - {*records.services, *records.courses, *records.plans}
    new = Records(
        {name: one for name, one in records.services.items() if not _same(old, name, old.records.services.get(name), one, origin)},
        {name: one for name, one in records.courses.items() if not _same(old, name, old.records.courses.get(name), one, origin)},
        {name: one for name, one in records.plans.items() if not _same(old, name, old.records.plans.get(name), one, origin)},
    )
    if gone or new != Records():
        await remove(session, gone | new.services.keys() | new.courses.keys() | new.plans.keys())
        await _add(session, new, origin)


async def remove(session: AsyncSession, names: Iterable[str]) -> None:
    """Takes the services, courses and plans with these `names` out."""
    listed = list(names)
    for start in range(0, len(listed), 500):
        some = listed[start : start + 500]
        await session.execute(delete(Service).where(Service.id.in_(some)))
        await session.execute(delete(Event).where(Event.uid.in_(some)))
        await session.execute(delete(Plan).where(Plan.uid.in_(some)))
    await session.execute(delete(Location).where(~exists().where(ServiceAtLocation.location_id == Location.id)))
    await session.execute(delete(Organization).where(~exists().where(Service.organization_id == Organization.id)))
    await count_change(session)


async def count_change(session: AsyncSession) -> None:
    """Tells every process that holds the directory in memory to read it again."""
    await session.execute(update(State).values(revision=State.revision + 1, changed_at=this_second()))


async def decide(session: AsyncSession, name: str, action: str, by: str) -> None:
    """Writes down that `by` did `action` to the row `name`, now."""
    session.add(Decision(resource_id=name, last_action_date=this_second(), last_action_type=action, updated_by=by))
    await session.flush()


def with_confirmation(before: ServiceRecord, after: ServiceRecord) -> ServiceRecord:
    """`after`, confirmed as `before` was if it says the same and comes without a confirmation of its own."""
    confirmed = after.model_copy(update={"confirmed": before.confirmed})
    return confirmed if after.confirmed is None and confirmed == before else after


def _same(old: Catalogue, name: str, before: BaseModel | None, after: BaseModel, origin: str) -> bool:
    # An import that says nothing new, such as our own export, takes nothing over from a feed or the content.
    if before is None or origin not in (old.origins[name], IMPORT):
        return False
    if isinstance(before, ServiceRecord) and isinstance(after, ServiceRecord):
        after = with_confirmation(before, after)
    return before == after


async def _add(session: AsyncSession, records: Records, origin: str) -> None:
    now = this_second()
    organizations = {row.name: row for row in await session.scalars(select(Organization))}
    for name, service in records.services.items():
        organization = organizations.setdefault(service.organization, Organization(name=service.organization))
        session.add(_service_row(name, service, organization, origin, now))
    session.add_all(_event_row(uid, course, origin, now) for uid, course in records.courses.items())
    session.add_all(_plan_row(uid, plan, origin) for uid, plan in records.plans.items())
    await session.flush()


def this_second() -> datetime:
    """Now, in UTC and whole seconds, as changes are dated."""
    return datetime.now(UTC).replace(microsecond=0)


def _service_row(name: str, record: ServiceRecord, organization: Organization, origin: str, now: datetime) -> Service:
    fields = _fields(record, type(record).model_fields.keys() - _OTHERWISE)
    return Service(
        **{**fields, "alternate_names": list(record.alternate_names), "for_whom": list(record.for_whom)},
        id=name,
        organization=organization,
        confirmed_by=record.confirmed and record.confirmed.by,
        confirmed_on=record.confirmed and record.confirmed.on,
        source_title=record.source.title,
        source_url=record.source.url,
        origin=origin,
        last_modified=now,
        schedule=_schedule_row(record),
        phones=[Phone(**phone.model_dump()) for phone in record.phones],
        service_at_locations=[ServiceAtLocation(location=_location_row(address)) for address in record.addresses],
        needs=[Need(term=term, position=position) for position, term in enumerate(record.needs)],
        languages=[Language(code=code, position=position) for position, code in enumerate(record.languages)],
        cost_options=[CostOption(amount_description=record.fees)] if record.fees else [],
        required_documents=[RequiredDocument(document=document) for document in record.required_documents],
    )


def _schedule_row(record: ServiceRecord) -> Schedule | None:
    if not record.hours_text:
        return None
    return Schedule(opening_hours=record.opening_hours, description=record.hours_text, as_of=record.hours_as_of)


def _location_row(record: AddressRecord) -> Location:
    return Location(
        area=record.area,
        address=Address(**_fields(record, ("address_1", "postal_code", "city", "as_of"))),
        accessibility=Accessibility(description=record.accessibility) if record.accessibility else None,
    )


def _event_row(uid: str, record: CourseRecord, origin: str, now: datetime) -> Event:
    fields = _fields(record, type(record).model_fields.keys() - {"source"})
    return Event(uid=uid, source_title=record.source.title, source_url=record.source.url, origin=origin, last_modified=now, **fields)


def _plan_row(uid: str, record: PlanRecord, origin: str) -> Plan:
    fields = _fields(record, type(record).model_fields.keys() - {"source"})
    return Plan(uid=uid, source_title=record.source.title, source_url=record.source.url, origin=origin, **fields)


def _fields(record: BaseModel, names: Iterable[str]) -> Mapping[str, Any]:
    return {name: getattr(record, name) for name in names}
