from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.limits import TokenBucket, TooMany
from tests.clock import Clock
from tests.flooding import exhausted

RATES = st.floats(0.01, 1000)
BURSTS = st.integers(1, 50)
# How long nobody comes, before each of the tries.
PAUSES = st.lists(st.floats(0, 100), min_size=1, max_size=100)


def taken(bucket: TokenBucket, tries: int) -> int:
    """How many of `tries` at once get a token."""
    got = 0
    for _ in range(tries):
        try:
            bucket.take()
        except TooMany:
            continue
        got += 1
    return got


def test_a_full_bucket_gives_its_burst_and_no_more() -> None:
    assert taken(TokenBucket(1, 5, Clock()), 10) == 5


def test_a_bucket_refills_at_its_rate_and_never_above_its_burst() -> None:
    clock = Clock()
    bucket = TokenBucket(2, 5, clock)
    taken(bucket, 5)

    clock.now += 1.5
    assert taken(bucket, 10) == 3
    clock.now += 1000
    assert taken(bucket, 10) == 5


def test_it_says_when_there_is_a_token_again() -> None:
    clock = Clock()
    bucket = TokenBucket(0.5, 1, clock)
    bucket.take()

    clock.now += 0.5
    with pytest.raises(TooMany) as refused:
        bucket.take()
    assert refused.value.seconds == 1.5
    clock.now += 1.5
    bucket.take()


def test_it_says_how_empty_it_is() -> None:
    clock = Clock()
    bucket = TokenBucket(1, 4, clock)
    assert bucket.emptiness() == 0

    taken(bucket, 4)
    assert bucket.emptiness() == 1
    clock.now += 1
    assert bucket.emptiness() == 0.75


@given(rate=RATES, burst=BURSTS, pauses=PAUSES)
def test_in_no_stretch_of_time_more_is_given_than_burst_and_rate_allow(rate: float, burst: int, pauses: list[float]) -> None:
    clock = Clock()
    bucket = TokenBucket(rate, burst, clock)
    given_at = []
    for pause in pauses:
        clock.now += pause
        given_at += [clock.now] * taken(bucket, 3)

    for first, begin in enumerate(given_at):
        for last, end in enumerate(given_at[first:], start=first):
            assert last - first + 1 <= burst + (end - begin) * rate + 1e-6


@given(rate=RATES, burst=BURSTS, pauses=PAUSES)
def test_who_waits_as_long_as_told_gets_a_token(rate: float, burst: int, pauses: list[float]) -> None:
    clock = Clock()
    bucket = TokenBucket(rate, burst, clock)
    for pause in pauses:
        clock.now += pause
        _, wait = exhausted(bucket.take)
        assert wait > 0
        clock.now += wait + 1e-6
        bucket.take()


@given(rate=RATES, burst=BURSTS, pauses=PAUSES)
def test_who_comes_slower_than_the_rate_is_never_refused(rate: float, burst: int, pauses: list[float]) -> None:
    clock = Clock()
    bucket = TokenBucket(rate, burst, clock)
    for pause in pauses:
        clock.now += pause + 1 / rate + 1e-6
        bucket.take()
