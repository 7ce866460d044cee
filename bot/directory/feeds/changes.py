"""What a feed wants changed: found, shown to an editor, approved or rejected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.catalogue import Catalogue, read
from bot.directory.records import CourseRecord, Records, ServiceRecord
from bot.directory.rows import decide, remove, replace, with_confirmation
from bot.directory.tables import ChangeRequest

Fields = Mapping[str, object] | None
Record = ServiceRecord | CourseRecord
_KINDS: Mapping[str, type[Record]] = {"service": ServiceRecord, "course": CourseRecord}


class NoSuchChangeError(Exception):
    """There is no change request with that number."""


class OutdatedChangeError(Exception):
    """The row is not any more what it was when the feed was read."""


async def ask_for(session: AsyncSession, feed: str, offered: Records, now: datetime) -> int:
    """Writes down how `offered` differs from what the directory holds from `feed`, in the place of what was asked before; how often.

    What the feed does not hold any more is to be removed; a course that was to come is to be cancelled, so that calendars tell.
    What was asked before keeps its number, so that an editor decides about what he was shown.
    """
    known = await read(session)
    asked = list(await session.scalars(select(ChangeRequest).where(ChangeRequest.feed_name == feed)))
    before, kept = {(one.resource, one.resource_id): one for one in asked}, list[ChangeRequest]()
    for change in _changes(feed, offered, known, now):
        old = before.get((change.resource, change.resource_id))
        kept.append(old if old and _asks_the_same(old, change) else change)
    session.add_all(kept)
    # Before anything is deleted: SQLite would give its number to somebody else.
    await session.flush()
    for one in {*asked} - {*kept}:
        await session.delete(one)
    await session.flush()
    return sum(not change.rejected for change in kept)


async def pending(session: AsyncSession, feed: str | None = None) -> list[ChangeRequest]:
    """The changes that wait for an editor, of one feed or all, in the order in which they were asked for."""
    waiting = select(ChangeRequest).where(~ChangeRequest.rejected).order_by(ChangeRequest.id)
    return list(await session.scalars(waiting if feed is None else waiting.where(ChangeRequest.feed_name == feed)))


async def approve(session: AsyncSession, number: int, by: str) -> ChangeRequest:
    """Carries out the change with this `number` on behalf of the editor `by`; the caller commits.

    Raises NoSuchChangeError, and OutdatedChangeError when the row has been changed in the meantime.
    """
    change = await _waiting(session, number)
    catalogue = await read(session)
    if _held(catalogue, change.resource, change.resource_id) != change.before:
        raise OutdatedChangeError(change.resource_id)
    if change.after is None:
        await remove(session, [change.resource_id])
    else:
        record = _KINDS[change.resource].model_validate(change.after)
        services = {change.resource_id: record} if isinstance(record, ServiceRecord) else {}
        courses = {change.resource_id: record} if isinstance(record, CourseRecord) else {}
        await replace(session, Records(services, courses), origin=change.feed_name, known=catalogue)
    await decide(session, change.resource_id, "approve", by)
    await session.delete(change)
    await session.flush()
    return change


async def reject(session: AsyncSession, number: int, by: str) -> ChangeRequest:
    """Puts the change with this `number` aside on behalf of the editor `by`; the caller commits. Raises NoSuchChangeError."""
    change = await _waiting(session, number)
    change.rejected = True
    await decide(session, change.resource_id, "reject", by)
    return change


def differences(before: Fields, after: Fields) -> Iterator[tuple[str, Any, Any]]:
    """The fields that differ, each with what it was and what it is to be; None where it was or will be nothing."""
    old, new = before or {}, after or {}
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield name, old.get(name), new.get(name)


async def _waiting(session: AsyncSession, number: int) -> ChangeRequest:
    change = await session.get(ChangeRequest, number)
    if change is None or change.rejected:
        raise NoSuchChangeError(number)
    return change


def _changes(feed: str, offered: Records, known: Catalogue, now: datetime) -> Iterator[ChangeRequest]:
    mine = {name for name, origin in known.origins.items() if origin == feed}
    for name in sorted(offered.services.keys() | (mine & known.records.services.keys())):
        yield from _change(feed, "service", name, known.records.services.get(name), offered.services.get(name), now)
    for uid in sorted(offered.courses.keys() | (mine & known.records.courses.keys())):
        course, held = offered.courses.get(uid), known.records.courses.get(uid)
        if course is None and held is not None:
            course = held if held.status == "CANCELLED" or held.dtend <= now else _cancelled(held)
        elif course is not None and held is not None:
            course = _following(held, course)
        yield from _change(feed, "course", uid, held, course, now)


def _following(held: CourseRecord, course: CourseRecord) -> CourseRecord:
    """`course` in the place of `held`, with a higher number where it says something else: phones may pass over any other."""
    # A calendar does not say when it was checked: it was today, every day.
    same = course.model_copy(update={"assured_date": held.assured_date, "sequence": held.sequence})
    if same == held and course.sequence <= held.sequence:
        return held
    return course.model_copy(update={"sequence": max(course.sequence, held.sequence + 1)})


def _asks_the_same(old: ChangeRequest, new: ChangeRequest) -> bool:
    """Whether `new` need not be asked: it waits already, or was rejected whatever the row was then."""
    return _but_for_the_day(old) == _but_for_the_day(new) and (old.rejected or old.before == new.before)


def _but_for_the_day(change: ChangeRequest) -> Fields:
    # A course's is the day on which the calendar was read.
    return change.after and {name: value for name, value in change.after.items() if (change.resource, name) != ("course", "assured_date")}


def _cancelled(course: CourseRecord) -> CourseRecord:
    return course.model_copy(update={"status": "CANCELLED", "sequence": course.sequence + 1})


def _change(feed: str, resource: str, name: str, before: Record | None, after: Record | None, now: datetime) -> Iterator[ChangeRequest]:
    if isinstance(before, ServiceRecord) and isinstance(after, ServiceRecord):
        after = with_confirmation(before, after)
    old, new = _dumped(before), _dumped(after)
    if old != new:
        yield ChangeRequest(feed_name=feed, resource=resource, resource_id=name, before=old, after=new, asked_at=now, rejected=False)


def _held(catalogue: Catalogue, resource: str, name: str) -> dict[str, object] | None:
    held: Mapping[str, Record] = catalogue.records.services if resource == "service" else catalogue.records.courses
    return _dumped(held.get(name))


def _dumped(record: Record | None) -> dict[str, object] | None:
    return None if record is None else record.model_dump(mode="json", exclude_defaults=True)
