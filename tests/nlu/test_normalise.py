import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.normalise import fold, normalise


@pytest.mark.parametrize("spelling", ["hjælp", "hjaelp", "hjalp", "HJÆLP", "hjjælp"])
def test_spellings_of_one_word_fold_together(spelling: str) -> None:
    assert fold(normalise(spelling)) == "hjalp"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("HJÆÆÆÆLP!!!", "hjææælp".replace("ææ", "æ", 1)),
        ("hvornår åbner i ?", "hvornår åbner i ?"),
        ("ka du", "kan du"),
        ("k-hjælp", "kontanthjælp"),
    ],
)
def test_typing_is_brought_to_one_form(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert fold(normalise(text)) == fold(normalise(text)).strip()
