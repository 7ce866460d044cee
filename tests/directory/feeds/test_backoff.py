from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.directory.feeds.backoff import next_try

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)

failures = st.integers(min_value=1, max_value=10**9)
dice = st.floats(min_value=0, max_value=1, exclude_max=True)
intervals = st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=30))
waits = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=10**6))


@given(intervals, dice)
def test_after_success_comes_the_interval_and_a_little_more(interval: timedelta, roll: float) -> None:
    assert interval <= next_try(0, NOW, interval, random=lambda: roll) - NOW <= interval * 1.1


@given(failures, intervals, waits, dice)
def test_after_a_failure_it_is_never_more_than_a_day(count: int, interval: timedelta, wait: timedelta, roll: float) -> None:
    assert NOW <= next_try(count, NOW, interval, wait, lambda: roll) <= NOW + DAY


@given(failures, st.timedeltas(min_value=timedelta(), max_value=DAY), dice)
def test_no_try_comes_sooner_than_the_server_asks(count: int, wait: timedelta, roll: float) -> None:
    assert next_try(count, NOW, DAY, wait, lambda: roll) >= NOW + wait


@given(failures, dice, dice)
def test_jitter_reaches_over_the_whole_wait(count: int, one: float, other: float) -> None:
    earlier, later = (next_try(count, NOW, DAY, random=lambda roll=roll: roll) for roll in sorted([one, other]))
    assert earlier <= later
    assert next_try(count, NOW, DAY, random=lambda: 0.0) == NOW


def test_each_failure_doubles_the_wait_up_to_a_day() -> None:
    waits = [(next_try(count, NOW, DAY, random=lambda: 0.5) - NOW) * 2 for count in range(1, 12)]

    assert waits == [min(DAY, timedelta(minutes=5) * 2**doublings) for doublings in range(11)]


def test_feeds_that_failed_together_do_not_come_back_together() -> None:
    assert len({next_try(3, NOW, DAY) for _ in range(20)}) > 1
