from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from bot.directory.search import Opening, next_courses
from bot.settings import COPENHAGEN
from tests.directory.conftest import catalogue, course, service
from tests.directory.test_search import FRIDAY_NOON, LATER, OPEN, find, ids


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
