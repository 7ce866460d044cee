from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topics.answer import figures_in, told_on
from bot.topics.model import Fact, Source
from bot.topics.text import folded, lix, words

FACT = Fact(
    label="Personfradrag",
    value=54100,
    unit="kr.",
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    where="skat.dk",
    source=Source(title="Skatteministeriet", checked=date(2026, 11, 20)),
)


@pytest.mark.parametrize(("value", "told"), [(54100, "54.100 kr."), (2.5, "2,5 kr."), (1234567.5, "1.234.567,5 kr."), (9, "9 kr.")])
def test_a_figure_is_written_as_in_danish(value: float, told: str) -> None:
    assert FACT.model_copy(update={"value": value}).told_on(date(2026, 6, 1)) == told


def test_a_figure_that_has_run_out_tells_its_year_and_where_the_new_one_is() -> None:
    facts = {"fradrag": FACT}
    assert told_on("Du kan tjene {fradrag} først.", facts, date(2026, 12, 31)) == "Du kan tjene 54.100 kr. først."
    assert told_on("Du kan tjene {fradrag} først.", facts, date(2027, 1, 1)) == (
        "Du kan tjene 54.100 kr. (tal fra 2026, find det nye på skat.dk) først."
    )


def test_an_undated_figure_holds() -> None:
    assert FACT.model_copy(update={"valid_from": None, "valid_to": None}).holds_on(date(2030, 1, 1))


def test_the_figures_of_an_answer_are_named_once_in_order() -> None:
    assert figures_in("{b} og {a} og {b}") == ["b", "a"]


def test_an_unknown_figure_is_no_empty_space() -> None:
    with pytest.raises(KeyError):
        told_on("{ukendt}", {}, date(2026, 1, 1))


@pytest.mark.parametrize("spelling", ["Hjælp på Nørrebro!", "hjaelp paa noerrebro", "HJÆLP  PÅ NØRREBRO..."])
def test_spellings_of_the_same_fold_alike(spelling: str) -> None:
    assert folded(spelling) == "hjaelp paa noerrebro"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_lix_is_words_a_sentence_and_long_words_in_per_cent() -> None:
    assert lix("Du kan få hjælp nu. Ring til kommunen.") == 8 / 2 + 100 * 1 / 8
    assert lix("Åbent 18.30 i dag") == 4
    assert lix("") == 0


@given(st.text())
def test_lix_is_never_negative_and_counts_only_words(text: str) -> None:
    assert lix(text) >= 0
    assert (lix(text) > 0) == bool(words(text))


def test_a_figure_at_the_end_of_a_sentence_has_one_full_stop() -> None:
    held = FACT.model_copy(update={"valid_to": None})
    assert told_on("Det er {fradrag}. Ikke mere.", {"fradrag": held}, date(2026, 6, 1)) == "Det er 54.100 kr. Ikke mere."
    weeks = held.model_copy(update={"value": 4, "unit": "uger"})
    assert told_on("Det er {frist}.", {"frist": weeks}, date(2026, 6, 1)) == "Det er 4 uger."
