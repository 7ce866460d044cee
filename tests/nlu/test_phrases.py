import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.nlu.phrases import pattern, spelt_plainly


def found(phrase: str, text: str) -> bool:
    return pattern([phrase]).search(spelt_plainly(text)) is not None


@pytest.mark.parametrize(
    ("phrase", "text", "stands_there"),
    [
        ("han slår mig", "hjælp, han slår mig nu", True),
        ("han slår mig", "HAN SLAAR MIG!!!", True),
        ("han slår mig", "han slaar   mig", True),
        ("han slår mig", "han sllår miggg", True),
        ("han slår mig", "han slår migræne", False),
        ("han slår mig", "johan slår mig", False),
        ("han slår mig", "han slår ikke mig", False),
        ("truer", "jeg trues", False),
        ("tru*", "jeg trues", True),
        ("tru*", "utru", False),
        ("han * mig", "han har lige slået mig", True),
        ("han * mig", "han mig", True),
        ("han * mig", "han gav en ven af mig noget", False),
        ("han * slå* mig", "han har tit slået mig", True),
        ("don't let me go", "they dont let me go, they don’t let me go", True),
        ("él me pegó", "el me pego anoche", True),
        ("ช่วยด้วย", "ได้โปรดช่วยด้วยค่ะ", True),
        ("ช่วยด้วย", "สวัสดี", False),
        ("救命", "请救命啊", True),
    ],
)
def test_a_phrase_is_found_in_whatever_spelling_and_nowhere_else(phrase: str, text: str, stands_there: bool) -> None:
    assert found(phrase, text) == stands_there


def test_any_of_several_phrases_is_found_and_none_of_none() -> None:
    several = pattern(["han slår", "hun truer", "ช่วยด้วย"])
    assert [bool(several.search(spelt_plainly(text))) for text in ("nu slår han", "hun truer", "ช่วยด้วยค่ะ")] == [False, True, True]
    assert pattern([]).search("") is None


WORD = st.text("abcdefghijklmnopqrstuvwxyzæøåé", min_size=1, max_size=8)


@given(st.lists(WORD, min_size=1, max_size=5), st.lists(WORD, max_size=3), st.lists(WORD, max_size=3))
def test_a_phrase_is_found_in_itself_within_words(phrase: list[str], before: list[str], after: list[str]) -> None:
    written = " ".join([*before, *phrase, *after])
    assume("k hjælp" not in written)  # the one short form of two words
    assert found(" ".join(phrase), written)
    assert found(" ".join(phrase), written.upper() + "!!")


@given(st.lists(WORD, min_size=2, max_size=2), st.lists(WORD, max_size=3))
def test_a_star_stands_for_up_to_three_words(ends: list[str], between: list[str]) -> None:
    written = " ".join([ends[0], *between, ends[1]])
    assume("k hjælp" not in written)
    assert found(" * ".join(ends), written)


@given(st.text(min_size=1), st.text())
def test_any_text_can_be_a_phrase(phrase: str, text: str) -> None:
    found(phrase, text)
