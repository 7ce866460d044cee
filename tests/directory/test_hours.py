from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.hours import open_at
from bot.settings import COPENHAGEN


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        ("Mo-Fr 10:00-15:00", "2026-11-20T10:00", True),
        ("Mo-Fr 10:00-15:00", "2026-11-20T15:00", False),
        ("Mo-Fr 10:00-15:00", "2026-11-21T12:00", False),
        ("Mo-Fr 10:00-15:00; PH off", "2026-12-25T12:00", False),  # 1. juledag, a Friday
        ("Mo-Fr 10:00-15:00; PH off", "2027-03-26T12:00", False),  # langfredag
        ("Mo-Fr 10:00-15:00; PH off", "2027-05-06T12:00", False),  # Kristi himmelfartsdag
        ("Mo-Fr 10:00-15:00; PH off", "2027-04-23T12:00", True),  # store bededag, abolished in 2024
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


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), st.integers(0, 22), st.integers(1, 12))  # noqa: DTZ001
def test_daily_hours_hold_by_the_clock_on_the_wall(wall: datetime, opens: int, length: int) -> None:
    moment = wall.replace(second=0, microsecond=0, tzinfo=COPENHAGEN)
    wall = moment.astimezone(UTC).astimezone(COPENHAGEN)  # an hour that was skipped does not exist
    minutes = (wall.hour * 60 + wall.minute - opens * 60) % (24 * 60)
    closes = (datetime(2026, 1, 1, opens, tzinfo=UTC) + timedelta(hours=length)).strftime("%H:%M")
    assert open_at(f"{opens:02}:00-{closes}", moment) is (minutes < length * 60)
