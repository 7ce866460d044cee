"""Which services and courses answer a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from typing import NamedTuple

from bot.directory.areas import AREAS, FAR, away, near
from bot.directory.cards import Course, Service, course_card, service_card
from bot.directory.catalogue import Catalogue
from bot.directory.hours import next_opening, open_within
from bot.directory.moments import window
from bot.directory.records import ServiceRecord
from bot.topics.text import folded

ADULT = 18
_LONGEST_NAME = 6
_Named = tuple[str, ServiceRecord]


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
    """What is asked, and what has been found out for it: thousands of places share some hundred opening hours."""

    def __init__(self, query: ServiceFilter, at: datetime, places: Mapping[str, int]) -> None:
        self.query, self.places = query, places
        self.needs = frozenset(query.needs)
        self.near_areas = frozenset(area for area in AREAS if near(area, query.area))
        self.km = {area: away(area, query.area) for area in (*AREAS, None)}
        self.window = window(query.when or "now", at)
        self.open = cache(lambda hours: open_within(hours, self.window))
        self.opens = cache(lambda hours: next_opening(hours, self.window.start))
        self.wait = cache(self._wait)

    def is_near(self, record: ServiceRecord) -> bool:
        """Whether it has an address near the area that is asked for."""
        return not self.near_areas.isdisjoint([address.area for address in record.addresses])

    def _wait(self, hours: str | None) -> float:
        """When what is closed at that time opens, as seconds of a clock; 0 for what is not, or nobody knows."""
        opens = self.opens(hours) if self.open(hours) is False else None
        return opens.timestamp() if opens else 0.0


def find_services(catalogue: Catalogue, query: ServiceFilter, at: datetime) -> Found:
    """The services that answer `query` at the moment `at`.

    Named ones come first, in their order; then those open at the time asked for, near ones, those of unknown hours, closed ones.
    A filter that leaves nothing is dropped, the least harmful first, in the order of `_filters`. Named ones that a filter leaves out
    come last rather than not at all: the answer speaks of them. What turns men or minors away is never shown to them.
    """
    found = _matching(catalogue, query)
    if not found:
        return Found(())
    asked = _Asked(query, at, catalogue.places)
    kept, dropped = _narrowed(found, asked)
    # Only places that were asked for by name are known not to fit and shown all the same.
    named = {name: found[name] for name in query.ids if name in found and name not in kept}
    shown = _both(*(list(islice(_in_order(group, asked), query.limit)) for group in (kept, named)), limit=query.limit)
    nothing_open = query.when and not any(asked.open(record.opening_hours) for _, record in shown)
    return Found(
        tuple(service_card(name, record, at, query.area) for name, record in shown),
        _relaxed(dropped, asked, [record for _, record in shown]),
        _opens_next(kept.values(), asked) if nothing_open else None,
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


def _matching(catalogue: Catalogue, query: ServiceFilter) -> dict[str, ServiceRecord]:
    """The services that `query` names or needs and that may be shown to whoever asks."""
    services = catalogue.records.services
    if query.ids or query.needs:
        found = {name: services[name] for name in query.ids if name in services and services[name].exists}
        for need in query.needs:
            found |= catalogue.by_need.get(need, {})
    else:
        found = {name: record for name, record in services.items() if record.exists}
    if query.for_men or query.under_18:
        found = {name: record for name, record in found.items() if _may_be_shown(record, query)}
    return found


def _may_be_shown(record: ServiceRecord, query: ServiceFilter) -> bool:
    # What is for the young is for boys, too.
    if query.for_men and not {"alle", "mænd"} & set(record.for_whom) and record.for_whom != ("unge",):
        return False
    return not (query.under_18 and record.minimum_age is not None and record.minimum_age >= ADULT)


def _filters(asked: _Asked) -> Iterator[tuple[str, Callable[[ServiceRecord], bool]]]:
    """The filters of what is asked, the one that is dropped first first."""
    query = asked.query
    if query.area:
        yield "area", lambda record: asked.is_near(record) or bool(record.phones and not record.addresses)
    if query.when:
        yield "when", lambda record: asked.open(record.opening_hours) is True
    if query.spoken:
        yield "spoken", lambda record: query.spoken in record.languages
    if query.free:
        yield "free", lambda record: record.free is True
    if query.women_only:
        yield "women_only", lambda record: _only_for_women(record) or _answers_everybody_now(record, asked)
    if query.for_trans:
        yield "for_trans", lambda record: bool({"trans", "alle"} & set(record.for_whom))
    if query.eu_migrants:
        yield "eu_migrants", lambda record: record.eu_migrants is True or record.residence_required is False
    if query.anonymous:
        yield "anonymous", lambda record: record.anonymous is True
    if query.without_residence:
        yield "without_residence", lambda record: record.residence_required is False or _answers_everybody_now(record, asked)
    if query.without_cpr:
        yield "without_cpr", lambda record: _asks_no_cpr(record) or _answers_everybody_now(record, asked)


def _narrowed(found: Mapping[str, ServiceRecord], asked: _Asked) -> tuple[Mapping[str, ServiceRecord], set[str]]:
    """What passes the filters that can be kept, and the names of those that had to be dropped.

    A filter is dropped when nothing would be left of what those before it, dropped later, have left.
    """
    dropped = set()
    for name, passes in reversed(list(_filters(asked))):
        passing = {one: record for one, record in found.items() if passes(record)}
        # Lines that answer everywhere pass for near, but do not alone make an answer to "where near me?".
        if passing and (name != "area" or any(asked.is_near(record) for record in passing.values())):
            found = passing
        else:
            dropped.add(name)
    return found, dropped


def _relaxed(dropped: set[str], asked: _Asked, shown: Sequence[ServiceRecord]) -> frozenset[str]:
    relaxed = set(dropped)
    if any(asked.is_near(record) for record in shown):
        relaxed.discard("area")
    if asked.query.without_cpr and not all(_asks_no_cpr(record) for record in shown):
        relaxed.add("without_cpr")
    return frozenset(relaxed)


def _opens_next(kept: Iterable[ServiceRecord], asked: _Asked) -> Opening | None:
    openings = [Opening(record.name, opens) for record in kept if (opens := asked.opens(record.opening_hours))]
    return min(openings, key=lambda opening: opening.at, default=None)


def _both(kept: list[_Named], named: list[_Named], *, limit: int | None) -> list[_Named]:
    """The first of both lists, `limit` in all; the first of the named ones always has a place."""
    room = None if limit is None else limit - min(1, len(named))
    return [*kept[:room], *named][:limit]


def _only_for_women(record: ServiceRecord) -> bool:
    return "kvinder" in record.for_whom and not {"alle", "mænd"} & set(record.for_whom)


def _asks_no_cpr(record: ServiceRecord) -> bool:
    return record.cpr_required is False or record.anonymous is True


def _answers_everybody_now(record: ServiceRecord, asked: _Asked) -> bool:
    """A number anybody can call this minute is never filtered away."""
    return "alle" in record.for_whom and bool(record.phones) and asked.open(record.opening_hours) is True


def _in_order(found: Mapping[str, ServiceRecord], asked: _Asked) -> Iterator[_Named]:
    """`found`, best first. Most are never wanted, so those that rank alike are put in order when their turn comes."""
    groups: dict[tuple[float, ...], list[str]] = defaultdict(list)
    for name, record in found.items():
        groups[_rank(name, record, asked)].append(name)
    for rank in sorted(groups):
        for name in sorted(groups[rank], key=lambda name: _rank_among_equals(name, found[name], asked)):
            yield name, found[name]


def _rank(name: str, record: ServiceRecord, asked: _Asked) -> tuple[float, ...]:
    query = asked.query
    if name in query.ids:
        return (0, query.ids.index(name))
    opened = asked.open(record.opening_hours)
    if opened:
        place = 0
    elif opened is False:
        place = 3
    else:
        place = 1 if asked.is_near(record) else 2
    # A line for children is no first answer to somebody who did not ask for one.
    for_others = record.maximum_age is not None and not (query.under_18 or "unge" in query.needs)
    meant = query.for_trans and "trans" in record.for_whom
    km = min([asked.km[address.area] for address in record.addresses], default=FAR) if query.area else FAR
    return (1, for_others, not meant, place, km)


def _rank_among_equals(name: str, record: ServiceRecord, asked: _Asked) -> tuple[float, ...]:
    return (-len(asked.needs.intersection(record.needs)), asked.wait(record.opening_hours), asked.places[name])
