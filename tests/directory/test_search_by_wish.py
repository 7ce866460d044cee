from __future__ import annotations

from typing import Any

import pytest

from bot.directory.search import Found
from tests.directory.conftest import ALWAYS, catalogue, service
from tests.directory.test_search import CITY, LATER, PHONE, at, find, ids


@pytest.mark.parametrize(
    ("wish", "fits", "other"),
    [
        ({"spoken": "pl"}, {"languages": ["da", "pl"]}, {"languages": ["da"]}),
        ({"free": True}, {"free": True}, {}),
        ({"free": True}, {"free": True}, {"free": False}),
        ({"women_only": True}, {"for_whom": ["kvinder"]}, {"for_whom": ["alle"]}),
        ({"women_only": True}, {"for_whom": ["kvinder", "trans"]}, {"for_whom": ["kvinder", "mænd"]}),
        ({"for_trans": True}, {"for_whom": ["trans"]}, {"for_whom": ["kvinder"]}),
        ({"for_trans": True}, {"for_whom": ["alle"]}, {"for_whom": ["mænd"]}),
        ({"eu_migrants": True}, {"eu_migrants": True}, {}),
        ({"eu_migrants": True}, {"residence_required": False}, {"eu_migrants": False}),
        ({"anonymous": True}, {"anonymous": True}, {}),
        ({"without_residence": True}, {"residence_required": False}, {"residence_required": True}),
        ({"without_residence": True}, {"residence_required": False}, {}),
        ({"without_cpr": True}, {"cpr_required": False}, {}),
        ({"without_cpr": True}, {"anonymous": True}, {"cpr_required": True}),
    ],
)
def test_a_wish_keeps_what_is_known_to_fit_and_is_dropped_when_nothing_does(
    wish: dict[str, Any], fits: dict[str, Any], other: dict[str, Any]
) -> None:
    held = catalogue(service("A", **other), service("B", **fits))
    assert (ids(find(held, **wish)), find(held, **wish).relaxed) == (["b"], frozenset())
    without = find(catalogue(service("A", **other)), **wish)
    assert (ids(without), without.relaxed) == (["a"], set(wish))


@pytest.mark.parametrize("for_whom", [["kvinder"], ["trans"], ["kvinder", "trans"], ["kvinder", "unge"]])
def test_a_man_is_never_shown_what_turns_men_away(for_whom: list[str]) -> None:
    held = catalogue(service("A", for_whom=for_whom))
    assert ids(find(held)) == ["a"]
    assert find(held, for_men=True) == find(held, ids=["a"], needs=["mad"], for_men=True) == Found(())


@pytest.mark.parametrize("for_whom", [["alle"], ["mænd"], ["kvinder", "mænd", "trans"], ["unge"]])
def test_a_man_is_shown_what_is_for_men_for_all_or_for_the_young(for_whom: list[str]) -> None:
    assert ids(find(catalogue(service("A", for_whom=for_whom)), for_men=True)) == ["a"]


@pytest.mark.parametrize(("minimum_age", "shown"), [(None, True), (17, True), (18, False), (30, False)])
def test_somebody_under_18_is_never_shown_what_is_for_grown_ups(minimum_age: int | None, shown: bool) -> None:
    held = catalogue(service("A", minimum_age=minimum_age))
    assert (ids(find(held, ids=["a"], under_18=True)) == ["a"]) is shown
    assert ids(find(held, ids=["a"])) == ["a"]


def test_a_line_that_answers_now_is_never_filtered_away() -> None:
    held = catalogue(*CITY.records.services.values(), service("Vagten", **ALWAYS, phones=PHONE, addresses=at("Valby")))
    found = find(held, ids=["vagten", "naer"], needs=["mad"], women_only=True, without_cpr=True, without_residence=True)
    assert ids(found) == ["vagten", "naer"]
    assert found.relaxed == {"without_cpr"}  # of Vagten nobody knows


@pytest.mark.parametrize("other", [{"phones": []}, {"for_whom": ["kvinder", "mænd"]}, LATER])
def test_only_a_number_that_anybody_can_call_this_minute_is_such_a_line(other: dict[str, Any]) -> None:
    held = catalogue(service("A", **{**ALWAYS, "phones": PHONE, **other}), service("B", for_whom=["kvinder"], residence_required=False))
    assert ids(find(held, women_only=True, without_residence=True)) == ["b"]
