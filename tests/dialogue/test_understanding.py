from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.understanding import as_said, understanding

KINDS = {"moms": "answer", "vold": "safety", "uden_for_emne": "meta"}


def parsed(intent: str, ranking: dict[str, float], **understood: Any) -> dict[str, Any]:
    guesses = [{"name": name, "confidence": value} for name, value in ranking.items()]
    return {"intent": {"name": intent, "confidence": 1.0}, "intent_ranking": guesses, **understood}


def test_a_message_is_about_the_likeliest_topic() -> None:
    seen = understanding(parsed("moms", {"moms": 0.8, "vold": 0.1}), KINDS)
    assert (seen.topic, seen.confidence, seen.safety, seen.fallback) == ("moms", 0.8, None, False)
    assert seen.ranking == (("moms", 0.8), ("vold", 0.1))


def test_a_cry_for_help_is_named() -> None:
    assert understanding(parsed("vold", {"vold": 0.8}), KINDS).safety == "vold"


def test_what_falls_back_is_about_nothing_however_likely_the_best_guess() -> None:
    seen = understanding(parsed("nlu_fallback", {"nlu_fallback": 0.7, "vold": 0.3}), KINDS)
    assert (seen.topic, seen.safety, seen.fallback) == ("uden_for_emne", None, True)
    assert seen.ranking == (("vold", 0.3),)


@pytest.mark.parametrize(("alone", "topic"), [("moms", "moms"), (None, "uden_for_emne")])
def test_what_leans_on_an_earlier_message_is_taken_as_it_stands_alone(alone: str | None, topic: str) -> None:
    seen = understanding(parsed("follow_up", {"follow_up": 1.0, "moms": 0.3}, alone=alone), KINDS)
    assert (seen.topic, seen.fallback) == (topic, alone is None)


@pytest.mark.parametrize(
    ("text", "said"), [("/restart", "restart"), (" / /moms", "moms"), ("moms/skat", "moms/skat"), ("///", "?"), ("", "?")]
)
def test_what_a_person_wrote_is_no_button(text: str, said: str) -> None:
    assert as_said(text) == said


@given(st.text())
def test_whatever_is_written_something_without_a_slash_is_said(text: str) -> None:
    said = as_said(text)
    assert said.strip()
    assert not said.startswith("/")
