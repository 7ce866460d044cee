from __future__ import annotations

from itertools import product

import pytest

from bot.directory.areas import AREAS, FAR, area_in, away, distance, elsewhere_in, near, told, without_area


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("hvor kan jeg sove på Vesterbro", "Vesterbro"),
        ("noget nær istedgade?", "Vesterbro"),
        ("er der åbent i kødbyen", "Vesterbro"),
        ("koedbyen", "Vesterbro"),
        ("kodbyen", "Vesterbro"),
        ("NØRREBRO", "Nørrebro"),
        ("norrebro", "Nørrebro"),
        ("noerrebro", "Nørrebro"),
        ("nørebros værested", "Nørrebro"),
        ("jeg bor i nv", "Nordvest"),
        ("kbh NV", "Nordvest"),
        ("amar", "Amager"),
        ("vanlose", "Vanløse"),
        ("broenshoej", "Brønshøj"),
        ("først amager, så valby", "Amager"),
        ("hvor kan jeg få mad", None),
        ("min nve", None),
        ("", None),
    ],
)
def test_an_area_is_found_in_any_spelling(text: str, area: str | None) -> None:
    assert area_in(text) == area


@pytest.mark.parametrize("area", AREAS)
def test_every_area_is_found_by_its_own_name(area: str) -> None:
    assert area_in(f"Er der noget {told(area)}?") == area


def test_what_is_left_of_a_text_names_no_area() -> None:
    assert without_area("Mad på Vesterbro eller Amager?").split() == ["mad", "pa", "eler"]


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("er der noget i Aarhus", "Aarhus"),
        ("jeg bor i århus", "Aarhus"),
        ("er du fra odense?", "Odense"),
        ("sover i malmö", "Malmø"),
        ("på bispebjerg hospital", None),
        ("ved hvidovre hospital", None),
        ("jeg hedder Greve", None),
        ("på Vesterbro", None),
    ],
)
def test_a_town_outside_the_city_is_told_from_other_words(text: str, town: str | None) -> None:
    assert elsewhere_in(text) == town


def test_nordvest_and_bispebjerg_are_near_each_other() -> None:
    assert near("Bispebjerg", "Nordvest")
    assert near("Valby", "Valby")
    assert not near("Valby", "Nordvest")
    assert not near(None, "Valby")
    assert not near("Valby", None)


def test_it_is_as_far_back_and_nowhere_far_in_the_city() -> None:
    for area, other in product(AREAS, AREAS):
        assert distance(area, other) == distance(other, area) < 15
        assert (distance(area, other) == 0) == (area == other)


@pytest.mark.parametrize(
    ("here", "near_by", "farther"),
    [
        ("Vesterbro", "Frederiksberg", "Amager"),
        ("Nørrebro", "Nordvest", "Sydhavn"),
        ("Østerbro", "Nørrebro", "Valby"),
        ("Christianshavn", "Indre By", "Vanløse"),
    ],
)
def test_what_lies_next_door_is_nearer_than_what_lies_across_the_city(here: str, near_by: str, farther: str) -> None:
    assert distance(here, near_by) < distance(here, farther)


def test_how_far_it_is_from_rådhuspladsen_to_frederiksberg_runddel_is_some_three_kilometres() -> None:
    assert distance("Indre By", "Frederiksberg") == pytest.approx(3.5, abs=0.5)


def test_what_is_nowhere_is_farther_than_anything() -> None:
    assert away(None, "Valby") == away("Valby", None) == FAR
    assert away("Valby", "Amager") == distance("Valby", "Amager") < FAR
