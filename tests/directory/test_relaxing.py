"""Which filters are dropped, held up against trying every set of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory.areas import near
from bot.directory.catalogue import Catalogue
from bot.directory.records import Records, ServiceRecord
from bot.directory.search import Found, ServiceFilter, find_services
from bot.settings import COPENHAGEN
from tests.directory.conftest import ALWAYS, service

NOON = datetime(2026, 11, 20, 12, tzinfo=COPENHAGEN)
CLOSED = {"opening_hours": "Mo-Fr 16:00-20:00", "hours_text": "Hverdage kl. 16-20"}
AREAS = ["Valby", "Amager", "Nordvest", "Bispebjerg"]
# From the least to the most harmful to go without.
ORDER = (
    "area", "when", "spoken", "free", "women_only", "for_trans", "eu_migrants", "anonymous", "without_residence", "without_cpr",
)  # fmt: skip

yes_no = st.sampled_from([True, False, None])
whom = st.lists(st.sampled_from(["alle", "kvinder", "mænd", "trans", "unge"]), min_size=1, max_size=2, unique=True)


@st.composite
def services(draw: st.DrawFn, name: str) -> ServiceRecord:
    return service(
        name,
        **draw(st.sampled_from([ALWAYS, CLOSED, {}])),
        for_whom=draw(whom),
        languages=draw(st.sampled_from([[], ["pl"], ["da", "ro"]])),
        minimum_age=draw(st.sampled_from([None, 18])),
        phones=draw(st.sampled_from([[], [{"number": "112"}]])),
        addresses=draw(st.lists(st.builds(dict, area=st.sampled_from(AREAS)), max_size=1)),
        **{field: draw(yes_no) for field in ("free", "eu_migrants", "residence_required", "anonymous", "cpr_required")},
    )


cities = st.tuples(*(services(name) for name in ("A", "B", "C", "D"))).map(lambda found: {one.name.lower(): one for one in found})
queries = st.builds(
    ServiceFilter,
    ids=st.lists(st.sampled_from("abcd"), max_size=2, unique=True),
    needs=st.just(["mad"]),
    area=st.sampled_from([None, *AREAS]),
    when=st.sampled_from([None, "now"]),
    spoken=st.sampled_from([None, "pl", "uk"]),
    limit=st.none(),
    **{
        field: st.booleans()
        for field in (
            "women_only", "for_men", "for_trans", "under_18", "eu_migrants", "without_residence", "without_cpr", "anonymous", "free",
        )
    },
)  # fmt: skip


def answers_now(one: ServiceRecord) -> bool:
    """Whether anybody can call it this minute."""
    return one.opening_hours == "24/7" and one.phones != () and "alle" in one.for_whom


def is_near(one: ServiceRecord, area: str | None) -> bool:
    return any(near(address.area, area) for address in one.addresses)


def silent_on_cpr(one: ServiceRecord) -> bool:
    return one.cpr_required is not False and not one.anonymous


def fits(one: ServiceRecord, query: ServiceFilter) -> Mapping[str, bool]:
    """Whether it passes each of the filters that `query` has."""
    tests: dict[str, Callable[[], bool]] = {
        "area": lambda: is_near(one, query.area) or (one.phones != () and one.addresses == ()),
        "when": lambda: one.opening_hours == "24/7",
        "spoken": lambda: query.spoken in one.languages,
        "free": lambda: one.free is True,
        "women_only": lambda: answers_now(one) or ("kvinder" in one.for_whom and not {"alle", "mænd"} & {*one.for_whom}),
        "for_trans": lambda: "trans" in one.for_whom or "alle" in one.for_whom,
        "eu_migrants": lambda: one.eu_migrants is True or one.residence_required is False,
        "anonymous": lambda: one.anonymous is True,
        "without_residence": lambda: one.residence_required is False or answers_now(one),
        "without_cpr": lambda: not silent_on_cpr(one) or answers_now(one),
    }
    return {name: tests[name]() for name in ORDER if getattr(query, name)}


def turned_away(one: ServiceRecord, query: ServiceFilter) -> bool:
    for_men = "alle" in one.for_whom or "mænd" in one.for_whom or one.for_whom == ("unge",)
    return (query.for_men and not for_men) or (query.under_18 and one.minimum_age == 18)


def tried(city: Mapping[str, ServiceRecord], query: ServiceFilter) -> tuple[set[str], set[str]]:
    """Who is left, and the filters that were dropped for it: of all sets of filters the first that leaves anybody."""
    asked = [name for name in ORDER if getattr(query, name)]
    for number in range(2 ** len(asked)):
        # Counting goes through all sets without the last filter before it drops it, and so for the one before.
        dropped = {name for place, name in enumerate(asked) if number >> place & 1}
        left = {name for name, one in city.items() if all(fit for by, fit in fits(one, query).items() if by not in dropped)}
        if "area" in asked and "area" not in dropped and not any(is_near(city[name], query.area) for name in left):
            continue
        if left:
            return left, dropped
    return set(), set()


@given(cities, queries)
@settings(deadline=None, max_examples=150)
def test_as_few_and_as_harmless_filters_are_dropped_as_can_be(city: dict[str, ServiceRecord], query: ServiceFilter) -> None:
    found = find_services(Catalogue(Records(city)), query, NOON)
    shown = {one.id for one in found.services}
    allowed = {name: one for name, one in city.items() if not turned_away(one, query)}
    left, dropped = tried(allowed, query)
    assert shown == left | (allowed.keys() & {*query.ids})
    if any(is_near(city[name], query.area) for name in shown):
        dropped -= {"area"}
    if query.without_cpr and any(silent_on_cpr(city[name]) for name in shown):
        dropped |= {"without_cpr"}
    assert found == Found(found.services, frozenset(dropped), found.opens)
    assert bool(found.opens) <= (query.when is not None and not any(city[name].opening_hours == "24/7" for name in shown))
