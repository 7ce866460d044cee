from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.hours import contradiction, next_opening, open_at, open_within
from bot.directory.moments import window
from bot.settings import COPENHAGEN


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        ("Mo-Fr 10:00-15:00", "2026-11-20T10:00", True),
        ("Mo-Fr 10:00-15:00", "2026-11-20T15:00", False),
        ("Mo-Fr 10:00-15:00", "2026-11-21T12:00", False),
        ("Mo-Su 10:00-15:00; PH off", "2026-12-24T12:00", True),  # juleaften is no public holiday
        ("Mo-Su 10:00-15:00; PH off", "2026-12-25T12:00", False),  # 1. juledag
        ("Mo-Su 10:00-15:00; PH off", "2026-12-26T12:00", False),  # 2. juledag
        ("Mo-Su 10:00-15:00; PH off", "2026-12-27T12:00", True),
        ("Mo-Su 10:00-15:00; PH off", "2027-01-01T12:00", False),  # nytårsdag
        ("Mo-Su 10:00-15:00; PH off", "2027-03-25T12:00", False),  # skærtorsdag
        ("Mo-Su 10:00-15:00; PH off", "2027-03-26T12:00", False),  # langfredag
        ("Mo-Su 10:00-15:00; PH off", "2027-03-27T12:00", True),
        ("Mo-Su 10:00-15:00; PH off", "2027-03-28T12:00", False),  # påskedag
        ("Mo-Su 10:00-15:00; PH off", "2027-03-29T12:00", False),  # 2. påskedag
        ("Mo-Su 10:00-15:00; PH off", "2027-05-06T12:00", False),  # Kristi himmelfartsdag
        ("Mo-Su 10:00-15:00; PH off", "2027-05-17T12:00", False),  # 2. pinsedag
        ("Mo-Su 10:00-15:00; PH off", "2027-04-23T12:00", True),  # store bededag, abolished in 2024
        ("Mo-Fr 10:00-15:00; PH 12:00-13:00", "2026-12-25T12:30", True),
        ("Mo-Fr 10:00-15:00; PH 12:00-13:00", "2026-12-25T14:00", False),
        ("Mo-Fr 16:00-08:00; Sa,Su,PH 24h", "2026-11-20T07:59", True),
        ("Fr 22:00-04:00", "2026-11-21T00:00", True),
        ("Fr 22:00-04:00", "2026-11-21T03:59", True),
        ("Fr 22:00-04:00", "2026-11-21T04:00", False),
        ("Sa 22:00-04:00", "2027-03-28T03:30", True),  # the night that is an hour shorter
        ("Sa 22:00-04:00", "2026-10-25T03:30", True),  # the night that is an hour longer
        ("24/7", "2026-12-24T23:59", True),
    ],
)
def test_open(hours: str, moment: str, expected: bool) -> None:
    hours = hours.replace("24h", "00:00-24:00")
    assert open_at(hours, at(moment)) is expected


def test_the_hour_that_comes_twice() -> None:
    twice = at("2026-10-25T02:30")
    assert open_at("Sa 22:00-02:45", twice) is True
    assert open_at("Su 02:00-03:00", twice.replace(fold=1)) is True


def test_a_moment_is_read_in_copenhagens_time() -> None:
    assert open_at("Mo-Fr 10:00-15:00", datetime(2026, 11, 20, 9, 30, tzinfo=UTC)) is True
    assert open_at("Mo-Fr 10:00-15:00", datetime(2026, 7, 20, 13, 30, tzinfo=UTC)) is False


@pytest.mark.parametrize("hours", [None, "Mo-Fr unknown"])
def test_unknown_is_never_closed(hours: str | None) -> None:
    assert open_at(hours, at("2026-11-20T12:00")) is None


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        open_at("24/7", datetime(2026, 11, 20, 12))  # noqa: DTZ001 - what is refused


def test_what_is_no_opening_hours_is_refused() -> None:
    with pytest.raises(ValueError, match="no opening hours"):
        open_at("hverdage 10-12", at("2026-11-20T12:00"))


@pytest.mark.parametrize(
    ("hours", "moment", "opens"),
    [
        ("Mo-Fr 10:00-15:00", "2026-11-20T09:59", "2026-11-20T10:00"),
        ("Mo-Fr 10:00-15:00", "2026-11-20T15:00", "2026-11-23T10:00"),
        ("Mo-Su 10:00-15:00; PH off", "2026-12-24T16:00", "2026-12-27T10:00"),
        ("Mo-Fr 10:00-15:00; PH off", "2027-03-24T16:00", "2027-03-30T10:00"),  # the Easter that is five days long
        ("Fr 16:00-17:00", "2026-11-20T17:00", "2026-11-27T16:00"),
        ("Sa 00:00-04:00", "2026-11-20T23:59", "2026-11-21T00:00"),
        ("Su 01:00-04:00", "2027-03-28T00:30", "2027-03-28T01:00"),  # the night that is an hour shorter
        ("Su 02:00-04:00", "2027-03-28T00:30", "2027-03-28T03:00"),  # two o'clock does not come
        ("Su 03:30-04:00", "2026-10-25T01:00", "2026-10-25T03:30"),  # the night that is an hour longer
        ("We[1] 10:00-12:00", "2026-11-20T12:00", None),  # more than eight days on
        ("24/7", "2026-11-20T12:00", None),
        ("off", "2026-11-20T12:00", None),
        ("Mo-Fr unknown", "2026-11-20T12:00", None),
        (None, "2026-11-20T12:00", None),
    ],
)
def test_the_next_opening(hours: str | None, moment: str, opens: str | None) -> None:
    assert next_opening(hours, at(moment)) == (opens and at(opens))


def test_the_next_opening_is_told_in_copenhagens_time() -> None:
    opens = next_opening("Mo-Fr 10:00-15:00", datetime(2026, 11, 20, 8, tzinfo=UTC))
    assert opens is not None
    assert opens.isoformat() == "2026-11-20T10:00:00+01:00"


@pytest.mark.parametrize(
    ("hours", "when", "moment", "expected"),
    [
        ("Mo-Fr 10:00-15:00", "now", "2026-11-20T10:00", True),
        ("Mo-Fr 10:00-15:00", "now", "2026-11-20T09:59", False),
        ("Mo-Fr 10:00-15:00", "today", "2026-11-20T09:00", True),
        ("Mo-Fr 10:00-15:00", "today", "2026-11-20T15:00", False),
        ("Mo-Fr 10:00-15:00", "tomorrow", "2026-11-20T09:00", False),
        ("Mo-Fr 10:00-17:00", "evening", "2026-11-20T09:00", False),
        ("Mo-Fr 10:00-17:01", "evening", "2026-11-20T09:00", True),
        ("Sa 00:00-01:00", "FR:evening", "2026-11-20T09:00", False),  # the evening ends at midnight
        ("Fr 23:59-24:00", "FR:evening", "2026-11-20T09:00", True),
        ("Sa 05:00-06:00", "FR:night", "2026-11-20T09:00", True),
        ("Sa 06:00-07:00", "FR:night", "2026-11-20T09:00", False),
        ("Su 03:00-04:00", "SA:night", "2027-03-27T12:00", True),
        ("Fr unknown", "today", "2026-11-20T09:00", None),
        (None, "today", "2026-11-20T09:00", None),
    ],
)
def test_open_at_some_time_of_a_stretch(hours: str | None, when: str, moment: str, expected: bool | None) -> None:
    assert open_within(hours, window(when, at(moment))) is expected


@pytest.mark.parametrize(
    ("hours", "wrong"),
    [
        ("Mo-Fr 10:00-10:00", "slutter, når det begynder"),
        ("Mo-Fr 10:00-15:00,14:00-16:00", "overlapper"),
        ("Mo-Fr 9:00-15:00, 14:00-16:00", "overlapper"),
        ("Mo-Fr 10:00 - 15:00, 14:00 - 16:00", "overlapper"),
        ("Fr 22:00-04:00,23:00-24:00", "overlapper"),
        ("Mo-Fr 10:00-15:00; We 16:00-18:00", "We har tider to steder"),
        ("Mo-Fr 10:00-15:00, Tu 16:00-18:00", "Tu har tider to steder"),
        ("Sa-Tu 10:00-15:00; Mo 16:00-18:00", "Mo har tider to steder"),
        ("10:00-15:00; Su 16:00-18:00", "Su har tider to steder"),
        ("24/7", None),
        ("Mo-Fr 10:00-15:00,15:00-16:00", None),
        ("Mo-Fr 10:00-15:00; Sa,Su 11:00-13:00; PH off", None),
        ("Mo-Fr 10:00-15:00; PH 11:00-12:00", None),
        ("Mo 10:00-12:00, Tu 11:00-13:00", None),
        ("Mo,Tu 10:00-12:00", None),
        ("Mo-Fr 10:00-15:00; We off", None),
        ("Mo-Su 10:00-15:00; Dec 24 10:00-12:00", None),
        ("We[1] 10:00-12:00; We[2] 10:00-14:00", None),
    ],
)
def test_hours_that_contradict_themselves(hours: str, wrong: str | None) -> None:
    found = contradiction(hours)
    assert wrong in found if wrong and found else found is wrong


@given(st.lists(st.tuples(st.integers(0, 23), st.integers(1, 24)), min_size=1, max_size=4))
def test_times_of_one_day_contradict_each_other_when_they_share_an_hour(spans: list[tuple[int, int]]) -> None:
    text = "Mo " + ",".join(f"{opens:02}:00-{(opens + length) % 24:02}:00" for opens, length in spans)
    hours = [opens + later for opens, length in spans for later in range(length)]
    impossible = len(set(hours)) < len(hours) or any(length == 24 for _, length in spans)
    assert (contradiction(text) is not None) is impossible


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), st.integers(0, 22), st.integers(1, 12))  # noqa: DTZ001
def test_daily_hours_hold_by_the_clock_on_the_wall(wall: datetime, opens: int, length: int) -> None:
    moment = wall.replace(second=0, microsecond=0, tzinfo=COPENHAGEN)
    wall = moment.astimezone(UTC).astimezone(COPENHAGEN)  # an hour that was skipped does not exist
    minutes = (wall.hour * 60 + wall.minute - opens * 60) % (24 * 60)
    closes = (datetime(2026, 1, 1, opens, tzinfo=UTC) + timedelta(hours=length)).strftime("%H:%M")
    assert open_at(f"{opens:02}:00-{closes}", moment) is (minutes < length * 60)


def test_a_night_eight_days_before_summer_time_has_a_next_opening() -> None:
    # Eight days later there is no half past two.
    night = datetime(2027, 3, 20, 2, 30, tzinfo=COPENHAGEN)
    assert next_opening("Mo-Su 10:00-12:00", night) == night.replace(hour=10, minute=0)
