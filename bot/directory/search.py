"""Which services and courses answer a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory import tables
from bot.directory.areas import near
from bot.directory.cards import Course, Service, course_card, service_card
from bot.directory.hours import open_at
from bot.directory.rows import CARD_SERVICE


@dataclass(frozen=True)
class ServiceFilter:
    """What is looked for: the services named by `ids`, then those that meet one of `needs`; all, when neither is given.

    `area` is one of `areas.AREAS`; `limit` None gives everything.
    """

    ids: Sequence[str] = ()
    needs: Sequence[str] = ()
    area: str | None = None
    open_now: bool = False
    women_only: bool = False
    for_men: bool = False
    without_cpr: bool = False
    limit: int | None = 4


@dataclass(frozen=True)
class Found:
    """Services in the order a person would want them, and the filters that had to be dropped to find any."""

    services: tuple[Service, ...]
    relaxed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Candidate:
    row: tables.Service
    needs_met: int
    open_now: bool | None
    near: bool


async def find_services(session: AsyncSession, query: ServiceFilter, at: datetime) -> Found:
    """The active services that answer `query` at the moment `at`.

    Named ones come first, in their order; then those open now, near ones, those of unknown hours, closed ones.
    A filter that leaves nothing is dropped, the least harmful first: area, open now, women only, without CPR.
    Named ones that a filter leaves out come last rather than not at all: the answer speaks of them. Only what turns
    men away is never shown to a man.
    """
    candidates = [_candidate(row, met, query, at) for row, met in await _matching(session, query)]
    if query.for_men:
        candidates = [one for one in candidates if {"alle", "mænd"} & set(one.row.for_whom)]
    for relaxed in _relaxations(query):
        kept = [one for one in candidates if all(passes(one) for name, passes in _filters(query) if name not in relaxed)]
        # Lines that answer everywhere pass for near, but do not alone make an answer to "where near me?".
        if kept and ("area" in relaxed or not query.area or any(one.near for one in kept)):
            named = [one for one in candidates if one.row.id in query.ids and one not in kept]
            shown = _both(*(sorted(group, key=lambda one: _rank(one, query)) for group in (kept, named)), limit=query.limit)
            if "area" in relaxed and any(one.near for one in shown):
                relaxed -= {"area"}
            if query.without_cpr and not all(_asks_no_cpr(one) for one in shown):
                relaxed |= {"without_cpr"}
            return Found(tuple(service_card(one.row, at, query.area) for one in shown), relaxed)
    return Found(())


async def next_courses(session: AsyncSession, at: datetime, limit: int = 3) -> list[Course]:
    """The next courses that are not over at the moment `at`, cancelled ones among them."""
    coming = select(tables.Event).where(tables.Event.dtend > at).order_by(tables.Event.dtstart, tables.Event.uid)
    return [course_card(row) for row in await session.scalars(coming.limit(limit))]


async def _matching(session: AsyncSession, query: ServiceFilter) -> Iterable[tuple[tables.Service, int]]:
    """The services that `query` names or needs, each with the number of needs it meets."""
    meets = (tables.Need.service_id == tables.Service.id) & tables.Need.term.in_(query.needs)
    count = select(func.count()).select_from(tables.Need).where(meets).scalar_subquery()
    wanted = select(tables.Service, count).where(tables.Service.status == "active").options(*CARD_SERVICE)
    if query.ids or query.needs:
        wanted = wanted.where(tables.Service.id.in_(query.ids) | (count > 0))
    return (await session.execute(wanted)).tuples()


def _both(kept: list[_Candidate], named: list[_Candidate], *, limit: int | None) -> list[_Candidate]:
    """The first of both lists, `limit` in all; the first of the named ones always has a place."""
    room = None if limit is None else limit - min(1, len(named))
    return [*kept[:room], *named][:limit]


def _candidate(row: tables.Service, needs_met: int, query: ServiceFilter, at: datetime) -> _Candidate:
    open_now = open_at(row.opening_hours, at)
    return _Candidate(row, needs_met, open_now, any(near(location.area, query.area) for location in row.locations))


def _filters(query: ServiceFilter) -> Iterator[tuple[str, Callable[[_Candidate], bool]]]:
    """The filters of `query`, the one that is dropped first first."""
    if query.area:
        yield "area", lambda one: one.near or bool(one.row.phones and not one.row.locations)
    if query.open_now:
        yield "open_now", lambda one: one.open_now is True
    if query.women_only:
        yield "women_only", lambda one: _only_for_women(one) or _answers_everybody_now(one)
    if query.without_cpr:
        yield "without_cpr", lambda one: _asks_no_cpr(one) or _answers_everybody_now(one)


def _only_for_women(one: _Candidate) -> bool:
    return "kvinder" in one.row.for_whom and not {"alle", "mænd"} & set(one.row.for_whom)


def _asks_no_cpr(one: _Candidate) -> bool:
    return one.row.cpr_required is False or one.row.anonymous is True


def _answers_everybody_now(one: _Candidate) -> bool:
    """A number anybody can call this minute is never filtered away."""
    return one.open_now is True and bool(one.row.phones) and "alle" in one.row.for_whom


def _relaxations(query: ServiceFilter) -> Iterator[frozenset[str]]:
    """Every set of filters that may be dropped, counted up in binary: a later filter falls only after all before it."""
    names = [name for name, _ in _filters(query)]
    for number in range(2 ** len(names)):
        yield frozenset(name for place, name in enumerate(names) if number >> place & 1)


def _rank(one: _Candidate, query: ServiceFilter) -> tuple[int | str | bool, ...]:
    if one.row.id in query.ids:
        return (0, list(query.ids).index(one.row.id))
    if one.open_now:
        place = 0
    elif one.open_now is False:
        place = 3
    else:
        place = 1 if one.near else 2
    # A line for children is no first answer to somebody who did not ask for one.
    for_others = one.row.maximum_age is not None and "unge" not in query.needs
    return (1, for_others, place, not one.near, -one.needs_met, one.row.confidence != "sikker", one.row.name.casefold())
