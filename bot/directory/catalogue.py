"""The whole directory in memory, read from the tables. Searches and pages work on it; the tables keep it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from sys import intern
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory import tables
from bot.directory.records import (
    AddressRecord,
    ConfirmedRecord,
    CourseRecord,
    PhoneRecord,
    PlanRecord,
    Records,
    ServiceRecord,
    SourceRecord,
)
from bot.topics.text import folded

NEVER = datetime.min.replace(tzinfo=UTC)
Record = TypeVar("Record", bound=BaseModel)
_SAME_SERVICE = (
    "name", "status", "description", "note", "minimum_age", "maximum_age", "anonymous", "free", "cpr_required", "residence_required",
    "eu_migrants", "walk_in", "interpreter", "reports_to_authorities", "url", "email", "confidence", "as_of", "assured_date",
)  # fmt: skip
_SAME_COURSE = (
    "summary", "public_name", "dtstart", "dtend", "status", "sequence", "location", "organizer", "signup", "assured_date",
)  # fmt: skip
_SAME_PLAN = ("summary", "rrule", "contact", "note", "assured_date")
# Rows between which others get their turn.
_AT_A_TIME = 100
# A record keeps which of its fields were set. Nobody asks, and a set for each would weigh more than the record.
_UNASKED: set[str] = set()


@dataclass(frozen=True)
class Catalogue:
    """What the directory holds at one `revision`, which it reached at the moment `changed_at`.

    `modified` is when a service (by id) or course (by UID) last changed, in UTC and whole seconds; `origins` where each row is from:
    "files", "import", or a feed's name.
    """

    records: Records = field(default_factory=Records)
    revision: int = 0
    changed_at: datetime = NEVER
    modified: Mapping[str, datetime] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_need(self) -> Mapping[str, Mapping[str, ServiceRecord]]:
        """The services that exist and meet each need, by id."""
        found: dict[str, dict[str, ServiceRecord]] = defaultdict(dict)
        for name, record in self.records.services.items():
            for need in record.needs if record.exists else ():
                found[need][name] = record
        return found

    @cached_property
    def having(self) -> Mapping[tuple[str, Any], frozenset[str]]:
        """The ids of the services that exist and have a value in a field: `languages`, "ro". Searches are made of these sets.

        Fields of several values count by each of them, `phones` and `addresses` by whether there are any, `area` by the addresses'.
        """
        found: dict[tuple[str, object], set[str]] = defaultdict(set)
        for name, record in self.records.services.items():
            for value in _values(record) if record.exists else ():
                found[value].add(name)
        return {value: frozenset(names) for value, names in found.items()}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each service in a list of all: what is certain first, then by name."""
        services = self.records.services
        listed = sorted(services, key=lambda name: (services[name].confidence != "sikker", services[name].name.casefold()))
        return {name: place for place, name in enumerate(listed)}

    @cached_property
    def names(self) -> Mapping[str, Sequence[str]]:
        """The ids of the services that are called so, by name in lower case and plain letters."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, record in self.records.services.items():
            for called in {folded(one) for one in (record.name, *record.alternate_names)}:
                found[called].append(name)
        return found


def _values(record: ServiceRecord) -> Iterator[tuple[str, object]]:
    yield "exists", True
    for name in ("for_whom", "languages"):
        yield from ((name, value) for value in getattr(record, name))
    for name in ("opening_hours", "maximum_age", "anonymous", "free", "cpr_required", "residence_required", "eu_migrants"):
        yield name, getattr(record, name)
    yield from (("area", address.area) for address in record.addresses)
    yield from ((name, bool(getattr(record, name))) for name in ("phones", "addresses"))


async def revision_of(session: AsyncSession) -> int:
    """How often the directory has been changed."""
    return (await session.execute(select(tables.State.revision))).scalar_one()


async def read(session: AsyncSession) -> Catalogue:
    """Everything the tables hold. Thousands of rows take seconds, in which others get their turn."""
    # First, so that a change made while the rest is read is found by the next look at the revision.
    state = (await session.execute(select(tables.State.__table__))).one()
    parts = {name: await _grouped(session, query, make) for name, (query, make) in _PARTS.items()}
    records, modified, origins = Records(), dict[str, datetime](), dict[str, str]()
    async for row in _rows(session, _SERVICES):
        records.services[row.id] = _service(row, {name: tuple(groups.get(row.id, ())) for name, groups in parts.items()})
        modified[row.id], origins[row.id] = row.last_modified.astimezone(UTC), row.origin
    async for row in _rows(session, select(tables.Event.__table__)):
        records.courses[row.uid] = _made(CourseRecord, row, _SAME_COURSE, source=_source(row))
        modified[row.uid], origins[row.uid] = row.last_modified.astimezone(UTC), row.origin
    async for row in _rows(session, select(tables.Plan.__table__)):
        records.plans[row.uid] = _made(PlanRecord, row, _SAME_PLAN, source=_source(row))
        origins[row.uid] = row.origin
    return Catalogue(records, state.revision, state.changed_at.astimezone(UTC), modified, origins)


async def _rows(session: AsyncSession, query: Select[Any]) -> AsyncIterator[Row[Any]]:
    async for some in (await session.stream(query)).partitions(_AT_A_TIME):
        for row in some:
            yield row


async def _grouped(session: AsyncSession, query: Select[Any], make: Callable[[Row[Any]], Any]) -> Mapping[str, Sequence[Any]]:
    """What belongs to each service, by its id."""
    groups: dict[str, list[Any]] = defaultdict(list)
    async for row in _rows(session, query):
        groups[row.service_id].append(make(row))
    return groups


# What searches compare is the same object wherever it is the same word: that is faster, and smaller.
def _service(row: Row[Any], parts: Mapping[str, tuple[Any, ...]]) -> ServiceRecord:
    opening_hours, hours_text, hours_as_of = next(iter(parts["schedules"]), (None, None, None))
    return _made(
        ServiceRecord,
        row,
        _SAME_SERVICE,
        organization=row.of,
        alternate_names=tuple(row.alternate_names),
        for_whom=tuple(map(intern, row.for_whom)),
        **{name: parts[name] for name in ("needs", "languages", "required_documents", "phones", "addresses")},
        fees=next(iter(parts["fees"]), None),
        opening_hours=opening_hours,
        hours_text=hours_text,
        hours_as_of=hours_as_of,
        source=_source(row),
        confirmed=ConfirmedRecord.model_construct(_UNASKED, by=row.confirmed_by, on=row.confirmed_on) if row.confirmed_by else None,
    )


def _phone(row: Row[Any]) -> PhoneRecord:
    return _made(PhoneRecord, row, ("number", "description", "as_of"))


def _address(row: Row[Any]) -> AddressRecord:
    area = row.area and intern(row.area)
    return _made(AddressRecord, row, ("address_1", "postal_code", "city", "as_of"), area=area, accessibility=row.description)


def _schedule(row: Row[Any]) -> tuple[str | None, str, str | None]:
    return row.opening_hours and intern(row.opening_hours), row.description, row.as_of


def _source(row: Row[Any]) -> SourceRecord:
    return SourceRecord.model_construct(_UNASKED, title=row.source_title, url=row.source_url)


def _made(record: type[Record], row: Row[Any], same: Iterable[str], **others: Any) -> Record:
    """A record of what was checked when it was written."""
    return record.model_construct(_UNASKED, **{name: getattr(row, name) for name in same}, **others)


_SERVICES: Select[Any] = select(tables.Service.__table__, tables.Organization.name.label("of")).join(tables.Organization)
# The rows that belong to services, and what is made of each.
_PARTS: Mapping[str, tuple[Select[Any], Callable[[Row[Any]], Any]]] = {
    "phones": (select(tables.Phone.__table__).order_by(tables.Phone.id), _phone),
    "schedules": (select(tables.Schedule.__table__), _schedule),
    "needs": (select(tables.Need.__table__).order_by(tables.Need.position), lambda row: intern(row.term)),
    "languages": (select(tables.Language.__table__).order_by(tables.Language.position), lambda row: intern(row.code)),
    "fees": (select(tables.CostOption.__table__), lambda row: row.amount_description),
    "required_documents": (select(tables.RequiredDocument.__table__).order_by(tables.RequiredDocument.id), lambda row: row.document),
    "addresses": (
        select(tables.ServiceAtLocation.service_id, tables.Location.area, tables.Address.__table__, tables.Accessibility.description)
        .join(tables.Location, tables.Location.id == tables.ServiceAtLocation.location_id)
        .join(tables.Address, tables.Address.location_id == tables.Location.id)
        .outerjoin(tables.Accessibility, tables.Accessibility.location_id == tables.Location.id)
        .order_by(tables.ServiceAtLocation.id),
        _address,
    ),
}
