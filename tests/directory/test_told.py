from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.directory.told import day_told, listed, moment_told
from bot.settings import COPENHAGEN

NOW = datetime(2026, 11, 20, 12, tzinfo=COPENHAGEN)  # a Friday


def test_a_day_as_it_is_written() -> None:
    assert day_told(date(2027, 1, 5)) == "5. januar 2027"
    assert day_told(date(2026, 12, 31)) == "31. december 2026"


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-20T18:00", "i dag kl. 18.00"),
        ("2026-11-21T09:30", "i morgen kl. 9.30"),
        ("2026-11-22T00:05", "søndag kl. 0.05"),
        ("2026-11-26T10:00", "torsdag kl. 10.00"),
        ("2026-11-27T10:00", "fredag den 27. november 2026 kl. 10.00"),
    ],
)
def test_a_moment_is_told_from_where_one_stands(moment: str, told: str) -> None:
    assert moment_told(datetime.fromisoformat(moment).replace(tzinfo=COPENHAGEN), NOW) == told


def test_tomorrow_is_the_next_day_even_if_it_is_soon() -> None:
    assert moment_told(datetime(2026, 11, 21, 0, 30, tzinfo=COPENHAGEN), NOW.replace(hour=23, minute=59)) == "i morgen kl. 0.30"


@pytest.mark.parametrize(("words", "told"), [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c")])
def test_words_in_a_row(words: list[str], told: str) -> None:
    assert listed(words) == told
