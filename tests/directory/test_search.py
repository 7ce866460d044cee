from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from bot.directory.catalogue import Catalogue
from bot.directory.search import Found, ServiceFilter, find_services
from bot.settings import COPENHAGEN
from tests.directory.conftest import ALWAYS, catalogue, service

FRIDAY_NOON = datetime(2026, 11, 20, 12, tzinfo=COPENHAGEN)
OPEN = {"opening_hours": "Mo-Fr 10:00-15:00; PH off", "hours_text": "Hverdage kl. 10-15"}
LATER = {"opening_hours": "Mo-Fr 16:00-20:00", "hours_text": "Hverdage kl. 16-20"}
PHONE = [{"number": "116 111"}]


def at(*areas: str) -> list[dict[str, str]]:
    """Addresses in these parts of the city."""
    return [{"area": area} for area in areas]


# Places with food: open, near (Valby), of unknown hours, closed, for women, and a line for children; one without food; what does not exist.
CITY = catalogue(
    service("Lukket", **LATER, addresses=at("Valby")),
    service("Ukendt", addresses=at("Amager")),
    service("Nær", needs=["mad", "bad-toej"], addresses=at("Valby")),
    service("Åben", **OPEN, addresses=at("Amager"), anonymous=True),
    service("Børn", **OPEN, maximum_age=17, for_whom=["unge"], phones=PHONE),
    service("Kvinder", for_whom=["kvinder", "trans"], cpr_required=False, addresses=at("Vanløse")),
    service("Jura", needs=["jura"]),
    service("Nedlagt", status="defunct"),
    service("Planlagt", status="inactive"),
    service("Ferielukket", status="temporarily closed"),
    service("Rygtet", confidence="usikker"),
)


def find(held: Catalogue = CITY, moment: datetime = FRIDAY_NOON, **query: Any) -> Found:
    return find_services(held, ServiceFilter(**query), moment)


def ids(found: Found) -> list[str]:
    return [one.id for one in found.services]


def test_open_ones_come_first_then_unknown_then_closed_and_childrens_last() -> None:
    found = find(needs=["mad"], limit=None)
    assert ids(found) == ["aaben", "kvinder", "naer", "ukendt", "lukket", "boern"]
    assert (found.relaxed, found.opens) == (frozenset(), None)


def test_children_who_ask_get_their_line() -> None:
    assert ids(find(needs=["mad", "unge"]))[:2] == ["boern", "aaben"]
    assert ids(find(needs=["mad"], under_18=True))[:2] == ["boern", "aaben"]


def test_what_meets_more_needs_comes_before_what_meets_fewer() -> None:
    assert ids(find(needs=["mad", "bad-toej"])) == ["aaben", "naer", "kvinder", "ukendt"]


def test_what_opens_sooner_comes_before_what_opens_later() -> None:
    held = catalogue(
        service("A", opening_hours="Sa 10:00-12:00", hours_text="x"),
        service("B", opening_hours="Fr 18:00-20:00", hours_text="x"),
        service("C", **LATER),
        service("0", opening_hours="We[1] 10:00-12:00", hours_text="x"),
    )
    assert ids(find(held)) == ["c", "b", "a", "0"]


def test_what_is_certain_comes_before_what_is_old_and_then_names_decide() -> None:
    held = catalogue(service("A", confidence="ældre", as_of="2019"), service("C"), service("b"))
    assert ids(find(held)) == ["b", "c", "a"]


def test_what_is_meant_for_trans_people_comes_first_for_them() -> None:
    held = catalogue(service("Alle", **ALWAYS), service("Trans", for_whom=["trans"]))
    assert ids(find(held, for_trans=True)) == ["trans", "alle"]
    assert ids(find(held)) == ["alle", "trans"]


def test_no_more_than_the_limit_are_shown() -> None:
    assert ids(find(needs=["mad"])) == ["aaben", "kvinder", "naer", "ukendt"]
    assert ids(find(needs=["mad"], limit=1)) == ["aaben"]


def test_named_ones_come_first_in_their_order() -> None:
    assert ids(find(ids=["jura", "lukket"], needs=["mad"], limit=3)) == ["jura", "lukket", "aaben"]
    assert ids(find(ids=["lukket", "jura"], needs=["mad"], limit=3)) == ["lukket", "jura", "aaben"]


def test_without_names_and_needs_all_that_exist_are_found() -> None:
    assert set(ids(find(limit=None))) == {"aaben", "boern", "jura", "kvinder", "lukket", "naer", "ukendt"}


@pytest.mark.parametrize("name", ["nedlagt", "planlagt", "ferielukket", "rygtet", "findes-ikke"])
def test_nobody_is_sent_to_what_does_not_exist(name: str) -> None:
    assert find(ids=[name]) == Found(())


def test_a_need_that_nobody_meets_finds_nothing() -> None:
    assert find(needs=["gaeld"], area="Valby", when="now") == Found(())


def test_an_area_keeps_near_places_and_lines_that_answer_everywhere() -> None:
    found = find(needs=["mad"], area="Valby")
    assert ids(found) == ["naer", "lukket", "boern"]
    assert not found.relaxed


def test_what_lies_next_door_is_near_but_comes_after_what_lies_there() -> None:
    held = catalogue(service("A", addresses=at("Bispebjerg")), service("B", addresses=at("Nordvest")), service("C", addresses=at("Valby")))
    assert ids(find(held, area="Nordvest")) == ["b", "a"]


def test_a_place_with_an_unknown_address_is_no_line_that_answers_everywhere() -> None:
    held = catalogue(service("A", addresses=[{"address_1": "Gaden 1"}], phones=PHONE), service("B", addresses=at("Valby")))
    assert ids(find(held, area="Valby")) == ["b"]


def test_without_a_near_place_the_nearest_of_those_open_or_unknown_comes_first() -> None:
    held = catalogue(
        service("A", addresses=at("Vanløse")),
        service("B", addresses=at("Østerbro", "Sydhavn")),
        service("C", **OPEN, addresses=at("Brønshøj")),
        service("D", phones=PHONE),
        service("E", **LATER, addresses=at("Sydhavn")),
    )
    found = find(held, area="Amager", limit=None)
    assert ids(found) == ["c", "b", "a", "d", "e"]
    assert found.relaxed == {"area"}


def test_the_address_near_the_asked_area_is_shown() -> None:
    held = catalogue(service("To", addresses=at("Valby", "Amager")))
    for area in ("Valby", "Amager"):
        assert find(held, area=area).services[0].area == area
    assert find(held).services[0].area == "Valby"


def test_named_ones_that_a_filter_leaves_out_come_last() -> None:
    assert ids(find(ids=["lukket", "aaben", "naer"], area="Valby")) == ["lukket", "naer", "aaben"]


def test_a_named_one_that_a_filter_leaves_out_has_a_place_however_many_fit() -> None:
    found = find(ids=["jura", "ukendt"], needs=["mad"], area="Valby", limit=3)
    assert ids(found) == ["naer", "lukket", "jura"]


def test_a_near_place_that_was_named_answers_the_question_for_the_area() -> None:
    held = catalogue(service("A", **ALWAYS), service("B", addresses=at("Valby")))
    found = find(held, ids=["b"], needs=["mad"], area="Valby", when="now")
    assert ids(found) == ["a", "b"]
    assert not found.relaxed
