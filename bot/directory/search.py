"""Which services and courses answer a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from math import inf
from typing import NamedTuple

from bot.directory.areas import AREAS, away, near
from bot.directory.cards import Course, Service, course_card, service_card
from bot.directory.catalogue import Catalogue
from bot.directory.hours import next_opening, open_within
from bot.directory.moments import window
from bot.directory.records import ServiceRecord
from bot.topics.text import folded

ADULT = 18
_LONGEST_NAME = 6
Ids = frozenset[str]


@dataclass(frozen=True)
class ServiceFilter:
    """What is looked for: the services named by `ids`, then those that meet one of `needs`; all, when neither is given.

    `area` is one of `areas.AREAS`, `when` a value of `moments`, `spoken` an ISO 639-1 code; `limit` None gives everything.
    """

    ids: Sequence[str] = ()
    needs: Sequence[str] = ()
    area: str | None = None
    when: str | None = None
    spoken: str | None = None
    women_only: bool = False
    for_men: bool = False
    for_trans: bool = False
    under_18: bool = False
    eu_migrants: bool = False
    without_residence: bool = False
    without_cpr: bool = False
    anonymous: bool = False
    free: bool = False
    limit: int | None = 4


class Opening(NamedTuple):
    """The service that opens next, and when."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Found:
    """Services in the order a person would want them, and the filters that had to be dropped to find any.

    `opens` is told when nothing is known to be open at the time that was asked for.
    """

    services: tuple[Service, ...]
    relaxed: frozenset[str] = frozenset()
    opens: Opening | None = None


class _Asked:
    """What is asked, and the ids of the services that are open, closed and near for it, whatever else they are."""

    def __init__(self, catalogue: Catalogue, query: ServiceFilter, at: datetime) -> None:
        self.catalogue, self.query = catalogue, query
        self.window = window(query.when or "now", at)
        by_state: dict[bool | None, list[Ids]] = {True: [], False: [], None: []}
        for hours in self.hours():
            by_state[open_within(hours, self.window)].append(self.having("opening_hours", hours))
        self.open, self.closed, self.unknown = (frozenset().union(*ids) for ids in by_state.values())
        self.near = frozenset().union(*(self.having("area", area) for area in AREAS if near(area, query.area)))
        # A number anybody can call this minute is never filtered away.
        self.answers_everybody = self.open & self.having("phones", True) & self.having("for_whom", "alle")

    def having(self, field: str, value: object) -> Ids:
        """The services with this value in that field."""
        return self.catalogue.having.get((field, value), frozenset())

    def hours(self) -> Iterator[str | None]:
        """All opening hours that there are: some hundred, for thousands of services."""
        return (hours for field, hours in self.catalogue.having if field == "opening_hours")


def find_services(catalogue: Catalogue, query: ServiceFilter, at: datetime) -> Found:
    """The services that answer `query` at the moment `at`.

    Named ones come first, in their order; then those open at the time asked for, near ones, those of unknown hours, closed ones.
    A filter that leaves nothing is dropped, the least harmful first, in the order of `_filters`. Named ones that a filter leaves out
    come last rather than not at all: the answer speaks of them. What turns men or minors away is never shown to them.
    """
    found = _matching(catalogue, query)
    if not found:
        return Found(())
    asked = _Asked(catalogue, query, at)
    kept, dropped = _narrowed(found, asked)
    # Only places that were asked for by name are known not to fit and shown all the same.
    named = (found & set(query.ids)) - kept
    shown = _both(*(list(islice(_in_order(group, asked), query.limit)) for group in (kept, named)), limit=query.limit)
    return Found(
        tuple(service_card(name, catalogue.records.services[name], at, query.area) for name in shown),
        _relaxed(dropped, asked, shown),
        _opens_next(kept, asked) if query.when and asked.open.isdisjoint(shown) else None,
    )


def named_in(text: str, catalogue: Catalogue) -> list[str]:
    """The ids of the services that `text` calls by name, whether they exist any more or not, in the order of the text."""
    words, start = folded(text).split(), 0
    found: list[str] = []
    while start < len(words):
        ends = range(min(len(words), start + _LONGEST_NAME), start, -1)
        end = next((end for end in ends if " ".join(words[start:end]) in catalogue.names), None)
        if end:
            found += catalogue.names[" ".join(words[start:end])]
        start = end or start + 1
    return list(dict.fromkeys(found))


def next_courses(catalogue: Catalogue, at: datetime, limit: int = 3) -> list[Course]:
    """The next courses that are not over at the moment `at`, cancelled ones among them."""
    coming = [(course.dtstart, uid, course) for uid, course in catalogue.records.courses.items() if course.dtend > at]
    return [course_card(uid, course) for _, uid, course in sorted(coming, key=lambda one: one[:2])[:limit]]


def _matching(catalogue: Catalogue, query: ServiceFilter) -> Ids:
    """The services that `query` names or needs and that may be shown to whoever asks."""
    found = existing = catalogue.having.get(("exists", True), frozenset())
    if query.ids or query.needs:
        found = existing.intersection(query.ids).union(*_meeting(catalogue, query))
    if query.for_men or query.under_18:
        return frozenset(name for name in found if _may_be_shown(catalogue.records.services[name], query))
    return found


def _meeting(catalogue: Catalogue, query: ServiceFilter) -> list[Mapping[str, ServiceRecord]]:
    return [catalogue.by_need.get(need, {}) for need in query.needs]


def _may_be_shown(record: ServiceRecord, query: ServiceFilter) -> bool:
    # What is for the young is for boys, too.
    if query.for_men and not {"alle", "mænd"} & set(record.for_whom) and record.for_whom != ("unge",):
        return False
    return not (query.under_18 and record.minimum_age is not None and record.minimum_age >= ADULT)


def _filters(asked: _Asked) -> Iterator[tuple[str, Sequence[Ids]]]:
    """The filters of what is asked, the one that is dropped first first; what passes stands in one of its sets."""
    query, having = asked.query, asked.having
    if query.area:
        yield "area", (asked.near, having("phones", True) & having("addresses", False))
    if query.when:
        yield "when", (asked.open,)
    if query.spoken:
        yield "spoken", (having("languages", query.spoken),)
    if query.free:
        yield "free", (having("free", True),)
    if query.women_only:
        only_women = having("for_whom", "kvinder") - having("for_whom", "alle") - having("for_whom", "mænd")
        yield "women_only", (only_women, asked.answers_everybody)
    if query.for_trans:
        yield "for_trans", (having("for_whom", "trans"), having("for_whom", "alle"))
    if query.eu_migrants:
        yield "eu_migrants", (having("eu_migrants", True), having("residence_required", False))
    if query.anonymous:
        yield "anonymous", (having("anonymous", True),)
    if query.without_residence:
        yield "without_residence", (having("residence_required", False), asked.answers_everybody)
    if query.without_cpr:
        yield "without_cpr", (*_asking_no_cpr(asked), asked.answers_everybody)


def _narrowed(found: Ids, asked: _Asked) -> tuple[Ids, set[str]]:
    """What passes the filters that can be kept, and the names of those that had to be dropped.

    A filter is dropped when nothing would be left of what those before it, dropped later, have left.
    """
    dropped = set()
    for name, passing in reversed(list(_filters(asked))):
        left = frozenset().union(*(found & ids for ids in passing))
        # Lines that answer everywhere pass for near, but do not alone make an answer to "where near me?".
        if left.isdisjoint(asked.near) if name == "area" else not left:
            dropped.add(name)
        else:
            found = left
    return found, dropped


def _relaxed(dropped: set[str], asked: _Asked, shown: Sequence[str]) -> frozenset[str]:
    relaxed = set(dropped)
    if not asked.near.isdisjoint(shown):
        relaxed.discard("area")
    if asked.query.without_cpr and not all(any(name in ids for ids in _asking_no_cpr(asked)) for name in shown):
        relaxed.add("without_cpr")
    return frozenset(relaxed)


def _asking_no_cpr(asked: _Asked) -> tuple[Ids, Ids]:
    return asked.having("cpr_required", False), asked.having("anonymous", True)


def _opens_next(kept: Ids, asked: _Asked) -> Opening | None:
    opening: list[tuple[datetime, int, str]] = []
    for hours in asked.hours():
        if (names := kept & asked.having("opening_hours", hours)) and (opens := next_opening(hours, asked.window.start)):
            opening += [(opens, asked.catalogue.places[name], name) for name in names]
    opens, _, name = min(opening, default=(None, 0, ""))
    return Opening(asked.catalogue.records.services[name].name, opens) if opens else None


def _both(kept: list[str], named: list[str], *, limit: int | None) -> list[str]:
    """The first of both lists, `limit` in all; the first of the named ones always has a place."""
    room = None if limit is None else limit - min(1, len(named))
    return [*kept[:room], *named][:limit]


def _in_order(found: Ids, asked: _Asked) -> Iterator[str]:
    """`found`, best first. Most are never wanted, so those that rank alike are put in order when their turn comes."""
    query, having = asked.query, asked.having
    named = [name for name in dict.fromkeys(query.ids) if name in found]
    yield from named
    # A line for children is no first answer to somebody who did not ask for one.
    for_all_ages = [] if query.under_18 or "unge" in query.needs else [having("maximum_age", None)]
    meant = [having("for_whom", "trans")] if query.for_trans else []
    places = [asked.open, asked.unknown & asked.near, asked.unknown]
    nearest = [having("area", area) for area in sorted(AREAS, key=lambda area: away(area, query.area))] if query.area else []
    meeting = _meeting(asked.catalogue, query)
    for group in _grouped(found.difference(named), (for_all_ages, meant, places, nearest)):
        yield from sorted(group, key=lambda name: (-sum([name in one for one in meeting]), *_rank(name, asked)))


def _grouped(found: Ids, orders: Sequence[Sequence[Ids]]) -> Iterator[Ids]:
    """`found` in groups, by the first of the sets of each order that they stand in; what stands in none comes last."""
    if not found:
        return
    if not orders:
        yield found
        return
    for ids in orders[0]:
        yield from _grouped(found & ids, orders[1:])
        found -= ids
    yield from _grouped(found, orders[1:])


def _rank(name: str, asked: _Asked) -> tuple[float, int]:
    """What is closed by when it opens; then what is certain, and by name."""
    place = asked.catalogue.places[name]
    if name not in asked.closed:
        return 0.0, place
    opens = next_opening(asked.catalogue.records.services[name].opening_hours, asked.window.start)
    return opens.timestamp() if opens else inf, place
