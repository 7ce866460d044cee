import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.clauses import clauses, stretches


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("skal jeg betale moms", ["skal jeg betale moms"]),
        ("jeg er syg i dag. hvor er en læge? skal jeg betale", ["jeg er syg i dag", "hvor er en læge", "skal jeg betale"]),
        ("hvor kan jeg sove og hvordan får jeg mad", ["hvor kan jeg sove", "hvordan får jeg mad"]),
        ("hvor kan jeg sove, men hvad koster det", ["hvor kan jeg sove", "hvad koster det"]),
        ("kan jeg få mad, hvor kan jeg sove", ["kan jeg få mad", "hvor kan jeg sove"]),
        ("where can I sleep and how do I pay", ["where can I sleep", "how do I pay"]),
        ("mad og bad på vesterbro", ["mad og bad på vesterbro"]),
        ("hej. skal jeg betale moms", ["hej skal jeg betale moms"]),
        ("skal jeg betale moms? tak", ["skal jeg betale moms tak"]),
        ("hjælp", ["hjælp"]),
        ("?!", ["?!"]),
        ("", [""]),
    ],
)
def test_a_message_comes_apart_into_its_questions(text: str, pieces: list[str]) -> None:
    assert clauses(text) == pieces


@given(st.text())
def test_every_message_has_a_clause_and_a_long_enough_one_when_there_are_several(text: str) -> None:
    pieces = clauses(text)
    assert pieces
    assert len(pieces) == 1 or min(len(piece.split()) for piece in pieces) >= 3


@given(st.lists(st.sampled_from(["hvor kan jeg sove", "jeg har det dårligt", "skal jeg betale moms"]), min_size=1, max_size=8))
def test_no_clause_is_lost(sentences: list[str]) -> None:
    assert clauses(". ".join(sentences)) == sentences


def test_a_short_message_has_no_stretches() -> None:
    assert stretches("han står udenfor, og jeg tør ikke gå ud") == []


def test_a_long_message_comes_apart_at_its_pauses_and_short_ones_join_what_is_before() -> None:
    text = "jeg skal bruge hjælp til moms, tak, men der står en mand udenfor som råber, hvornår er det"
    assert stretches(text) == ["jeg skal bruge hjælp til moms tak", "men der står en mand udenfor som råber hvornår er det"]


def test_without_pauses_every_word_is_in_two_stretches_but_those_at_the_ends() -> None:
    words = [f"ord{number}" for number in range(28)]
    assert stretches(" ".join(words)) == [" ".join(words[start : start + 14]) for start in (0, 7, 14, 21)]


@given(st.lists(st.sampled_from(["moms", "han", "slår", "men", ",", "."]), max_size=400))
def test_stretches_are_few_and_hold_no_word_that_was_not_written(words: list[str]) -> None:
    found = stretches(" ".join(words))
    assert len(found) <= 24
    assert {word for stretch in found for word in stretch.split()} <= set(words)
