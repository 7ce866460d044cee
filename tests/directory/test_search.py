from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from bot.directory.catalogue import Catalogue
from bot.directory.search import Found, Opening, ServiceFilter, find_services, named_in, next_courses
from bot.settings import COPENHAGEN
from tests.directory.conftest import ALWAYS, catalogue, course, service

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
    )
    assert ids(find(held)) == ["c", "b", "a"]


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


def test_open_now_keeps_what_is_known_to_be_open() -> None:
    found = find(needs=["mad"], when="now")
    assert ids(found) == ["aaben", "boern"]
    assert (found.relaxed, found.opens) == (frozenset(), None)


def test_the_area_falls_before_the_time() -> None:
    found = find(needs=["mad"], area="Valby", when="now")
    assert ids(found) == ["aaben", "boern"]
    assert found.relaxed == {"area"}


def test_when_nothing_is_known_to_be_open_the_next_opening_is_told() -> None:
    found = find(needs=["mad"], when="now", moment=FRIDAY_NOON.replace(hour=15))
    assert ids(found) == ["kvinder", "naer", "ukendt", "lukket"]
    assert found.relaxed == {"when"}
    assert found.opens == Opening("Lukket", FRIDAY_NOON.replace(hour=16))


def test_nobody_who_did_not_ask_for_a_time_is_told_the_next_opening() -> None:
    assert find(needs=["mad"], moment=FRIDAY_NOON.replace(hour=22)).opens is None


def test_the_next_opening_is_one_that_fits() -> None:
    held = catalogue(service("Mænd", **LATER, for_whom=["mænd"]), service("Kvinder", **OPEN, for_whom=["kvinder"]))
    found = find(held, when="now", women_only=True, moment=FRIDAY_NOON.replace(hour=15))
    assert (ids(found), found.relaxed) == (["kvinder"], {"when"})
    assert found.opens == Opening("Kvinder", FRIDAY_NOON.replace(day=23, hour=10))


def test_the_next_opening_after_christmas() -> None:
    held = catalogue(service("Åben", **OPEN))
    for day in (24, 25, 26):
        found = find(held, when="now", moment=datetime(2026, 12, day, 16, tzinfo=COPENHAGEN))
        assert found.opens == Opening("Åben", datetime(2026, 12, 28, 10, tzinfo=COPENHAGEN))
    assert find(held, when="now", moment=datetime(2026, 12, 24, 12, tzinfo=COPENHAGEN)).opens is None


def test_the_next_opening_of_easter_lies_on_the_other_side_of_summer_time() -> None:
    found = find(catalogue(service("Åben", **OPEN)), when="evening", moment=datetime(2027, 3, 25, 12, tzinfo=COPENHAGEN))
    assert found.opens is not None
    assert found.opens.at.isoformat() == "2027-03-30T10:00:00+02:00"


def test_tonight_goes_on_after_midnight() -> None:
    held = catalogue(service("Natten", opening_hours="Fr 22:00-05:00", hours_text="x"), service("Åben", **OPEN))
    for moment in (FRIDAY_NOON, FRIDAY_NOON.replace(hour=23), datetime(2026, 11, 21, 4, 59, tzinfo=COPENHAGEN)):
        assert ids(find(held, when="night", moment=moment)) == ["natten"]
    assert find(held, when="night", moment=datetime(2026, 11, 21, 5, tzinfo=COPENHAGEN)).relaxed == {"when"}


@pytest.mark.parametrize("sunday", [datetime(2027, 3, 28, 3, 30, tzinfo=COPENHAGEN), datetime(2026, 10, 25, 3, 30, tzinfo=COPENHAGEN)])
def test_a_night_in_which_the_clock_is_changed_ends_by_the_clock_on_the_wall(sunday: datetime) -> None:
    held = catalogue(service("Natten", opening_hours="Sa 22:00-04:00", hours_text="x"))
    assert find(held, when="now", moment=sunday).services[0].open_now is True
    assert find(held, when="now", moment=sunday.replace(hour=4)).services[0].open_now is False


def test_a_day_is_asked_for_by_name() -> None:
    held = catalogue(service("Fredag", **OPEN), service("Lørdag", opening_hours="Sa 10:00-12:00", hours_text="x"))
    assert ids(find(held, when="SA")) == ["loerdag"]
    assert ids(find(held, when="SA:11:00")) == ["loerdag"]
    assert ids(find(held, when="tomorrow:before:12:00")) == ["loerdag"]
    assert find(held, when="tomorrow:after:12:00").relaxed == {"when"}


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


def test_a_line_that_answers_now_is_never_filtered_away() -> None:
    held = catalogue(*CITY.records.services.values(), service("Vagten", **ALWAYS, phones=PHONE, addresses=at("Valby")))
    found = find(held, ids=["vagten", "naer"], needs=["mad"], women_only=True, without_cpr=True, without_residence=True)
    assert ids(found) == ["vagten", "naer"]
    assert found.relaxed == {"without_cpr"}  # of Vagten nobody knows


@pytest.mark.parametrize("other", [{"phones": []}, {"for_whom": ["kvinder", "mænd"]}, LATER])
def test_only_a_number_that_anybody_can_call_this_minute_is_such_a_line(other: dict[str, Any]) -> None:
    held = catalogue(service("A", **{**ALWAYS, "phones": PHONE, **other}), service("B", for_whom=["kvinder"], residence_required=False))
    assert ids(find(held, women_only=True, without_residence=True)) == ["b"]


def test_courses_come_in_order_cancelled_ones_too_past_ones_not() -> None:
    def held(start: str, end: str, **fields: str) -> Any:
        return course(dtstart=start, dtend=end, **fields)

    courses = {
        "fjerde@v": held("2027-05-01 17:00", "2027-05-01 19:00"),
        "anden@v": held("2027-03-01 17:00", "2027-03-01 19:00", status="CANCELLED"),
        "tredje@v": held("2027-04-01 17:00", "2027-04-01 19:00"),
        "i_gang@v": held("2026-11-20 11:00", "2026-11-20 12:01"),
        "forbi@v": held("2026-11-20 10:00", "2026-11-20 12:00"),
    }
    coming = next_courses(catalogue(courses=courses), FRIDAY_NOON)
    assert [(one.id, one.cancelled) for one in coming] == [("i_gang@v", False), ("anden@v", True), ("tredje@v", False)]
    assert (coming[1].start, coming[2].start) == ("2027-03-01T17:00:00+01:00", "2027-04-01T17:00:00+02:00")
    assert len(next_courses(catalogue(courses=courses), FRIDAY_NOON, limit=9)) == 4


NAMED = catalogue(
    service("Reden", alternate_names=["Reden København"]),
    service("Reden International", alternate_names=["reden-int"]),
    service("Café Klare"),
    service("Klare"),
    service("H17"),
    service("Gadens Huse", status="inactive"),
    service("Exit-pakken", status="defunct", alternate_names=["Projektet"]),
    service("Andet projekt", alternate_names=["Projektet"]),
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("har reden åbent", ["reden"]),
        ("Har REDEN International åbent?", ["reden-international"]),
        ("reden-international", ["reden-international"]),
        ("er reden int, åben?", ["reden-international"]),
        ("hvor ligger «Café Klare»?", ["cafe-klare"]),
        ("cafe klare", ["cafe-klare"]),
        ("klare, h17 og reden.", ["klare", "h17", "reden"]),
        ("reden eller reden", ["reden"]),
        ("findes gadens huse?", ["gadens-huse"]),
        ("Exitpakken", []),
        ("exit-pakken", ["exit-pakken"]),
        ("projektet", ["exit-pakken", "andet-projekt"]),
        ("(H17)", ["h17"]),
        ("jeg er nået redenes dør", []),
        ("hvor kan jeg sove", []),
        ("", []),
    ],
)
def test_places_are_known_by_their_names(text: str, names: list[str]) -> None:
    assert named_in(text, NAMED) == names


def test_a_name_of_six_words_is_found_at_the_end() -> None:
    held = catalogue(service("En to tre fire fem seks"))
    assert named_in("hvor er en to tre fire fem seks", held) == ["en-to-tre-fire-fem-seks"]
