import pytest

from bot.nlu.second_question import SecondQuestion
from tests.nlu.conftest import ranked, topic_of

CONFIG = {"urgent": ["sove"], "passed_over": ["tak"], "certainty": 0.6}


def heard(
    clauses: dict[str, dict[str, float]] | None, *, alarm: str | None = None, language: str | None = None, best: str = "moms"
) -> tuple[str, str | None]:
    """The topic answered and the one that was asked about besides."""
    message = ranked("…", {best: 0.4, "uden_for_emne": 0.1}, clauses=clauses, alarm=alarm, language=language)
    SecondQuestion(CONFIG).process([message])
    return topic_of(message), message.get("also")


MOMS = {"skal jeg betale moms": {"moms": 0.9, "skat": 0.1}}
SKAT = {"hvad er skat": {"skat": 0.6}}
SOVE = {"hvor kan jeg sove": {"sove": 0.8}}


@pytest.mark.parametrize(
    ("clauses", "best", "answered", "also"),
    [
        ({**MOMS, **SKAT}, "moms", "moms", "skat"),
        ({**MOMS, **SKAT}, "skat", "skat", "moms"),
        ({**MOMS, **SKAT}, "mad", "moms", "skat"),
        ({**MOMS, **SOVE}, "moms", "sove", "moms"),
    ],
)
def test_two_questions_are_both_heard_the_urgent_one_first(
    clauses: dict[str, dict[str, float]], best: str, answered: str, also: str
) -> None:
    assert heard(clauses, best=best) == (answered, also)


@pytest.mark.parametrize(
    "second",
    [
        {"hvad er moms": {"moms": 0.9}},
        {"hvad er skat": {"skat": 0.59, "moms": 0.1}},
        {"kan du sige tak": {"tak": 0.9}},
        {"min mor er rar": {"skat": 0.9}},
        {"hvad er skat": {}},
    ],
)
def test_the_same_an_uncertain_a_polite_or_no_question_is_no_second_one(second: dict[str, dict[str, float]]) -> None:
    assert heard({**MOMS, **second}) == ("moms", None)


def test_a_message_of_one_clause_asks_one_thing() -> None:
    assert heard(None) == ("moms", None)


def test_questions_in_another_language_are_not_taken_apart() -> None:
    assert heard({**MOMS, **SOVE}, language="en") == ("moms", None)


def test_a_cry_for_help_is_answered_first_and_the_question_kept() -> None:
    assert heard(SOVE, alarm="vold", best="vold") == ("vold", "sove")
    assert heard(None, alarm="vold", best="vold") == ("vold", None)


def test_what_is_answered_is_certain_enough_to_be_answered() -> None:
    message = ranked("…", {"moms": 0.1}, clauses={**MOMS, **SKAT})
    SecondQuestion(CONFIG).process([message])
    assert message.get("intent")["confidence"] >= CONFIG["certainty"]
