import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.normalise import fold, is_sad, normalise


@pytest.mark.parametrize("spelling", ["hjælp", "hjaelp", "hjalp", "HJÆLP", "hjjælp"])
def test_spellings_of_one_word_fold_together(spelling: str) -> None:
    assert fold(normalise(spelling)) == "hjalp"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("HJÆÆÆÆLP!!!", "hjæælp"),
        ("hvornår åbner i ?", "hvornår åbner i ?"),
        ("ka du", "kan du"),
        ("k-hjælp", "kontanthjælp"),
    ],
)
def test_typing_is_brought_to_one_form(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


@pytest.mark.parametrize("word", ["ช่วยด้วย", "ทำร้าย", "مُساعَدة"])
def test_vowel_and_tone_signs_do_not_part_a_word(word: str) -> None:
    assert len(normalise(word).split()) == 1


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert fold(normalise(text)) == fold(normalise(text)).strip()


@pytest.mark.parametrize(
    ("text", "sad"), [("😭", True), ("💔💔", True), (":'(", True), (":-(", True), ("😱", True), ("😂", False), ("👍", False), ("", False)]
)
def test_a_sad_face_is_told_from_others(text: str, sad: bool) -> None:
    assert is_sad(text) is sad
