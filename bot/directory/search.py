"""Which services and courses answer a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.directory.areas import FAR, away, near
from bot.directory.cards import Course, Service, course_card, service_card
from bot.directory.catalogue import Catalogue
from bot.directory.hours import next_opening, open_within
from bot.directory.moments import Window, window
from bot.directory.records import ServiceRecord
from bot.topics.text import folded

ADULT = 18
_LONGEST_NAME = 6


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


class _Candidate(NamedTuple):
    id: str
    record: ServiceRecord
    open: bool | None
    km: float
    misses: int
    """The filters it does not pass as bits, the one that is dropped last the highest."""

    @property
    def near(self) -> bool:
        return self.km < FAR


def find_services(catalogue: Catalogue, query: ServiceFilter, at: datetime) -> Found:
    """The services that answer `query` at the moment `at`.

    Named ones come first, in their order; then those open at the time asked for, near ones, those of unknown hours, closed ones.
    A filter that leaves nothing is dropped, the least harmful first, in the order of `_filters`. Named ones that a filter leaves out
    come last rather than not at all: the answer speaks of them. What turns men or minors away is never shown to them.
    """
    filters, asked = list(_filters(query)), window(query.when or "now", at)
    candidates = [_candidate(name, record, query, filters, asked) for name, record in _matching(catalogue, query)]
    if not candidates:
        return Found(())
    dropped = min(_must_drop(one, query) for one in candidates)
    kept = [one for one in candidates if not one.misses & ~dropped]
    named = [one for one in candidates if one.id in query.ids and one.misses & ~dropped]
    shown = _both(*(sorted(group, key=lambda one: _rank(one, query, asked)) for group in (kept, named)), limit=query.limit)
    return Found(
        tuple(service_card(one.id, one.record, at, query.area) for one in shown),
        _relaxed(filters, dropped, query, shown),
        _opens_next(kept, asked) if query.when and not any(one.open for one in shown) else None,
    )


def named_in(text: str, catalogue: Catalogue) -> list[str]:
    """The ids of the services that `text` calls by name, whether they exist any more or not, in the order of the text."""
    words = folded(text).replace("-", " ").split()
    words = [word.strip(".,;:!?«»\"'()") for word in words]
    found: list[str] = []
    for start in range(len(words)):
        for end in range(min(len(words), start + _LONGEST_NAME), start, -1):
            if ids := catalogue.names.get(" ".join(words[start:end])):
                found += ids
                break
    return list(dict.fromkeys(found))


def next_courses(catalogue: Catalogue, at: datetime, limit: int = 3) -> list[Course]:
    """The next courses that are not over at the moment `at`, cancelled ones among them."""
    coming = [(course.dtstart, uid, course) for uid, course in catalogue.records.courses.items() if course.dtend > at]
    return [course_card(uid, course) for _, uid, course in sorted(coming, key=lambda one: one[:2])[:limit]]


def _matching(catalogue: Catalogue, query: ServiceFilter) -> Iterable[tuple[str, ServiceRecord]]:
    """The services that `query` names or needs and that may be shown to whoever asks."""
    names: Iterable[str] = catalogue.records.services
    if query.ids or query.needs:
        names = dict.fromkeys((*query.ids, *(name for need in query.needs for name in catalogue.by_need.get(need, ()))))
    for name in names:
        record = catalogue.records.services.get(name)
        if record and record.exists and _may_be_shown(record, query):
            yield name, record


def _may_be_shown(record: ServiceRecord, query: ServiceFilter) -> bool:
    if query.for_men and not {"alle", "mænd"} & set(record.for_whom):
        return False
    return not (query.under_18 and record.minimum_age is not None and record.minimum_age >= ADULT)


def _candidate(
    name: str, record: ServiceRecord, query: ServiceFilter, filters: Sequence[tuple[str, Callable[[_Candidate], bool]]], asked: Window
) -> _Candidate:
    km = min((away(address.area, query.area) for address in record.addresses if near(address.area, query.area)), default=FAR)
    one = _Candidate(name, record, open_within(record.opening_hours, asked), km, 0)
    return one._replace(misses=sum(1 << place for place, (_, passes) in enumerate(filters) if not passes(one)))


def _filters(query: ServiceFilter) -> Iterator[tuple[str, Callable[[_Candidate], bool]]]:
    """The filters of `query`, the one that is dropped first first."""
    if query.area:
        yield "area", lambda one: one.near or bool(one.record.phones and not one.record.addresses)
    if query.when:
        yield "when", lambda one: one.open is True
    if query.spoken:
        yield "spoken", lambda one: query.spoken in one.record.languages
    if query.free:
        yield "free", lambda one: one.record.free is True
    if query.women_only:
        yield "women_only", lambda one: _only_for_women(one) or _answers_everybody_now(one)
    if query.for_trans:
        yield "for_trans", lambda one: bool({"trans", "alle"} & set(one.record.for_whom))
    if query.eu_migrants:
        yield "eu_migrants", lambda one: one.record.eu_migrants is True or one.record.residence_required is False
    if query.anonymous:
        yield "anonymous", lambda one: one.record.anonymous is True
    if query.without_residence:
        yield "without_residence", lambda one: one.record.residence_required is False or _answers_everybody_now(one)
    if query.without_cpr:
        yield "without_cpr", lambda one: _asks_no_cpr(one) or _answers_everybody_now(one)


def _must_drop(one: _Candidate, query: ServiceFilter) -> int:
    """The filters that must be dropped for `one` to make an answer, as bits; of all sets the smallest number is the least harmful.

    Lines that answer everywhere pass for near, but do not alone make an answer to "where near me?".
    """
    return one.misses | 1 if query.area and not one.near else one.misses


def _relaxed(
    filters: Sequence[tuple[str, Callable[[_Candidate], bool]]], dropped: int, query: ServiceFilter, shown: Sequence[_Candidate]
) -> frozenset[str]:
    relaxed = {name for place, (name, _) in enumerate(filters) if dropped >> place & 1}
    if any(one.near for one in shown):
        relaxed.discard("area")
    if query.without_cpr and not all(_asks_no_cpr(one) for one in shown):
        relaxed.add("without_cpr")
    return frozenset(relaxed)


def _opens_next(kept: Sequence[_Candidate], asked: Window) -> Opening | None:
    openings = [Opening(one.record.name, opens) for one in kept if (opens := next_opening(one.record.opening_hours, asked.start))]
    return min(openings, key=lambda opening: opening.at, default=None)


def _both(kept: list[_Candidate], named: list[_Candidate], *, limit: int | None) -> list[_Candidate]:
    """The first of both lists, `limit` in all; the first of the named ones always has a place."""
    room = None if limit is None else limit - min(1, len(named))
    return [*kept[:room], *named][:limit]


def _only_for_women(one: _Candidate) -> bool:
    return "kvinder" in one.record.for_whom and not {"alle", "mænd"} & set(one.record.for_whom)


def _asks_no_cpr(one: _Candidate) -> bool:
    return one.record.cpr_required is False or one.record.anonymous is True


def _answers_everybody_now(one: _Candidate) -> bool:
    """A number anybody can call this minute is never filtered away."""
    return one.open is True and bool(one.record.phones) and "alle" in one.record.for_whom


def _rank(one: _Candidate, query: ServiceFilter, asked: Window) -> tuple[float | str, ...]:
    record = one.record
    if one.id in query.ids:
        return (0, list(query.ids).index(one.id))
    if one.open:
        place = 0
    elif one.open is False:
        place = 3
    else:
        place = 1 if one.near else 2
    # A line for children is no first answer to somebody who did not ask for one.
    for_others = record.maximum_age is not None and not (query.under_18 or "unge" in query.needs)
    meant = query.for_trans and "trans" in record.for_whom
    met = sum(need in record.needs for need in query.needs)
    km = min((away(address.area, query.area) for address in record.addresses), default=FAR)
    opens = next_opening(record.opening_hours, asked.start) if one.open is False else None
    wait = opens.timestamp() if opens else 0.0
    return (1, for_others, not meant, place, km, -met, wait, record.confidence != "sikker", record.name.casefold())
