"""The whole directory in memory, read from the tables. Searches and pages work on it; the tables keep it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import Row, select
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
Grouped = dict[str, list[Any]]
_SAME_SERVICE = (
    "name", "status", "description", "note", "minimum_age", "maximum_age", "anonymous", "free", "cpr_required", "residence_required",
    "eu_migrants", "walk_in", "interpreter", "reports_to_authorities", "url", "email", "confidence", "as_of", "assured_date",
)  # fmt: skip
_SAME_COURSE = (
    "summary", "public_name", "dtstart", "dtend", "status", "sequence", "location", "organizer", "signup", "assured_date",
)  # fmt: skip
_SAME_PLAN = ("summary", "rrule", "contact", "note", "assured_date")


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
    def by_need(self) -> Mapping[str, Sequence[str]]:
        """The ids of the services that meet each need."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, record in self.records.services.items():
            for need in record.needs:
                found[need].append(name)
        return found

    @cached_property
    def names(self) -> Mapping[str, Sequence[str]]:
        """The ids of the services that are called so, by name in lower case and plain letters."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, record in self.records.services.items():
            for called in {_plain(one) for one in (record.name, *record.alternate_names)}:
                found[called].append(name)
        return found


def _plain(name: str) -> str:
    return " ".join(folded(name).replace("-", " ").split())


async def revision_of(session: AsyncSession) -> int:
    """How often the directory has been changed."""
    return (await session.execute(select(tables.State.revision))).scalar_one()


async def read(session: AsyncSession) -> Catalogue:
    """Everything the tables hold."""
    # First, so that a change made while the rest is read is found by the next look at the revision.
    state = (await session.execute(select(tables.State.__table__))).one()
    services = (
        await session.execute(select(tables.Service.__table__, tables.Organization.name.label("of")).join(tables.Organization))
    ).all()
    parts = await _parts(session)
    courses = (await session.execute(select(tables.Event.__table__))).all()
    plans = (await session.execute(select(tables.Plan.__table__))).all()
    named = [*((row.id, row) for row in services), *((row.uid, row) for row in (*courses, *plans))]
    return Catalogue(
        Records(
            {row.id: _service(row, parts) for row in services},
            {row.uid: _made(CourseRecord, row, _SAME_COURSE, source=_source(row)) for row in courses},
            {row.uid: _made(PlanRecord, row, _SAME_PLAN, source=_source(row)) for row in plans},
        ),
        state.revision,
        state.changed_at.astimezone(UTC),
        {name: row.last_modified.astimezone(UTC) for name, row in named if hasattr(row, "last_modified")},
        {name: row.origin for name, row in named},
    )


async def _parts(session: AsyncSession) -> dict[str, Grouped]:
    """The rows that belong to services, by table and service."""
    ordered: dict[str, Any] = {
        "phones": select(tables.Phone.__table__).order_by(tables.Phone.id),
        "schedules": select(tables.Schedule.__table__),
        "needs": select(tables.Need.__table__).order_by(tables.Need.position),
        "languages": select(tables.Language.__table__).order_by(tables.Language.position),
        "costs": select(tables.CostOption.__table__),
        "documents": select(tables.RequiredDocument.__table__).order_by(tables.RequiredDocument.id),
        "addresses": select(
            tables.ServiceAtLocation.service_id, tables.Location.area, tables.Address.__table__, tables.Accessibility.description
        )
        .join(tables.Location, tables.Location.id == tables.ServiceAtLocation.location_id)
        .join(tables.Address, tables.Address.location_id == tables.Location.id)
        .outerjoin(tables.Accessibility, tables.Accessibility.location_id == tables.Location.id)
        .order_by(tables.ServiceAtLocation.id),
    }
    return {name: _grouped((await session.execute(query)).all()) for name, query in ordered.items()}


def _grouped(rows: Iterable[Row[Any]]) -> Grouped:
    groups: Grouped = defaultdict(list)
    for row in rows:
        groups[row.service_id].append(row)
    return groups


def _service(row: Row[Any], parts: Mapping[str, Grouped]) -> ServiceRecord:
    name = row.id
    schedule = next(iter(parts["schedules"].get(name, ())), None)
    cost = next(iter(parts["costs"].get(name, ())), None)
    return _made(
        ServiceRecord,
        row,
        _SAME_SERVICE,
        organization=row.of,
        alternate_names=tuple(row.alternate_names),
        needs=tuple(need.term for need in parts["needs"].get(name, ())),
        for_whom=tuple(row.for_whom),
        languages=tuple(language.code for language in parts["languages"].get(name, ())),
        fees=cost and cost.amount_description,
        required_documents=tuple(one.document for one in parts["documents"].get(name, ())),
        phones=tuple(_made(PhoneRecord, phone, ("number", "description", "as_of")) for phone in parts["phones"].get(name, ())),
        addresses=tuple(_address(address) for address in parts["addresses"].get(name, ())),
        opening_hours=schedule and schedule.opening_hours,
        hours_text=schedule and schedule.description,
        hours_as_of=schedule and schedule.as_of,
        source=_source(row),
        confirmed=ConfirmedRecord.model_construct(by=row.confirmed_by, on=row.confirmed_on) if row.confirmed_by else None,
    )


def _address(row: Row[Any]) -> AddressRecord:
    return _made(AddressRecord, row, ("address_1", "postal_code", "city", "area", "as_of"), accessibility=row.description)


def _source(row: Row[Any]) -> SourceRecord:
    return SourceRecord.model_construct(title=row.source_title, url=row.source_url)


def _made(record: type[Record], row: Row[Any], same: Iterable[str], **others: Any) -> Record:
    """A record of what was checked when it was written."""
    return record.model_construct(**{name: getattr(row, name) for name in same}, **others)
