from typing import Any

import pytest
from rasa.shared.core.events import ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.in_context import in_context

LANGUAGES = {
    "en": {"danger": "In danger: call 112.", "lines": "Hello.", "said_in": "en"},
    "pl": {"danger": "Zadzwoń pod 112.", "lines": "Dzień dobry.", "said_in": "pl"},
    "kl": {"danger": "Ring 112.", "lines": "Hej.", "said_in": "da"},
}
RESPONSES: dict[str, list[dict[str, Any]]] = {
    "utter_moms": [{"text": "Moms", "metadata": {"topic": "moms", "title": "Betal moms", "kind": "answer"}}],
    "utter_vold": [{"text": "Ring 112.", "metadata": {"topic": "vold", "title": "Vold", "kind": "safety"}}],
    "utter_under_18": [{"text": "Ring 116 111.", "metadata": {"topic": "under_18", "title": "Under 18", "kind": "safety"}}],
    "utter_uden_for_emne": [{"text": "Det ved jeg ikke.", "metadata": {"topic": "uden_for_emne", "title": "Andet", "kind": "meta"}}],
    "utter_sprog_tolk": [
        {"text": "Der er tolke.", "metadata": {"topic": "sprog_tolk", "title": "Sprog", "kind": "answer", "languages": LANGUAGES}}
    ],
    "utter_no_answer_to_that": [{"text": "Vælg en af knapperne."}],
}
SKAT = {"title": "Skat", "payload": "/skat"}
GO_ON = {"title": "Fortsæt spørgsmålene", "payload": "/guide_cvr"}


def said(topic: str, *, loop: str | None = None, unfinished: str | None = None, **understood: Any) -> dict[str, Any]:
    """The answer about `topic` to a message in which this was understood."""
    events = [UserUttered("…", parse_data=understood), ActiveLoop(loop), SlotSet("unfinished_guide", unfinished)]
    tracker = DialogueStateTracker.from_events("s", events, slots=[AnySlot("unfinished_guide", mappings=[{}])])
    about = RESPONSES[f"utter_{topic}"][0]
    kept = {name: value for name, value in about["metadata"].items() if name != "languages"}
    return in_context({"text": about["text"], "buttons": [SKAT], "metadata": kept}, tracker, RESPONSES)


def elsewhere(place: str) -> list[dict[str, str]]:
    return [{"entity": "elsewhere", "value": place}]


def test_without_a_context_an_answer_says_its_own_words() -> None:
    answer = {"text": "Moms", "buttons": [SKAT], "metadata": RESPONSES["utter_moms"][0]["metadata"]}
    assert said("moms") == answer
    assert in_context({**answer, "buttons": [SKAT]}, DialogueStateTracker("s", []), RESPONSES) == answer


@pytest.mark.parametrize(
    ("language", "lines", "said_in"), [("pl", "Dzień dobry.", "pl"), ("en", "Hello.", "en"), ("sv", "Hello.", "en"), ("kl", "Hej.", "da")]
)
def test_the_lines_of_a_language_take_the_place_of_the_danish_answer(language: str, lines: str, said_in: str) -> None:
    answer = said("sprog_tolk", language=language)
    assert (answer["text"], answer["buttons"]) == (lines, [SKAT])
    assert answer["metadata"]["opens_in"] == said_in


@pytest.mark.parametrize(
    ("language", "ranking", "offered"),
    [
        ("en", {"sprog_tolk": 0.5, "moms": 0.4, "vold": 0.1}, ["/moms"]),
        ("en", {"sprog_tolk": 0.5, "vold": 0.25, "moms": 0.25}, []),
        ("en", {"sprog_tolk": 0.999, "moms": 0.0008, "vold": 0.0002}, ["/moms"]),
        ("en", {"sprog_tolk": 0.999, "uden_for_emne": 0.00095, "moms": 0.00005}, []),
        ("pl", {"sprog_tolk": 0.5, "moms": 0.5}, []),
    ],
)
def test_what_an_english_message_is_clearly_about_is_offered_first(language: str, ranking: dict[str, float], offered: list[str]) -> None:
    guesses = [{"name": name, "confidence": confidence} for name, confidence in ranking.items()]
    answer = said("sprog_tolk", language=language, intent_ranking=guesses)
    assert [button["payload"] for button in answer["buttons"]] == [*offered, "/skat"]


@pytest.mark.parametrize(("language", "line", "said_in"), [("pl", "Zadzwoń pod 112.", "pl"), ("sv", "In danger: call 112.", "en")])
def test_in_danger_the_line_in_the_writers_language_comes_first(language: str, line: str, said_in: str) -> None:
    answer = said("vold", language=language)
    assert answer["text"] == f"{line}\n\nRing 112."
    assert answer["metadata"]["opens_in"] == said_in


def test_other_answers_stay_danish() -> None:
    for answer, text in ((said("moms", language="pl"), "Moms"), (said("sprog_tolk"), "Der er tolke.")):
        assert answer["text"] == text
        assert "opens_in" not in answer["metadata"]


def test_a_second_question_is_the_first_button() -> None:
    assert said("vold", also="moms")["buttons"] == [{"title": "Du spurgte også: Betal moms", "payload": "/moms"}, SKAT]


@pytest.mark.parametrize("also", ["vold", "nedlagt"])
def test_what_is_answered_or_gone_is_no_second_question(also: str) -> None:
    assert said("vold", also=also)["buttons"] == [SKAT]


@pytest.mark.parametrize("guide", [{"loop": "cvr_form"}, {"unfinished": "cvr_form"}])
def test_after_a_cry_for_help_an_interrupted_guide_can_be_gone_on_with(guide: dict[str, str]) -> None:
    assert said("vold", **guide)["buttons"] == [SKAT, GO_ON]
    assert GO_ON not in said("moms", **guide)["buttons"]


def test_somebody_under_18_is_not_led_back_to_it() -> None:
    assert said("under_18", loop="cvr_form")["buttons"] == [SKAT]


def test_who_is_in_another_town_is_told_whom_to_ask() -> None:
    own, told = said("moms", entities=[{"entity": "area", "value": "Valby"}, *elsewhere("Aarhus")])["text"].split("\n\n")
    assert own == "Moms"
    assert "kun steder i København" in told
    assert "Er du i Aarhus, så spørg kommunen" in told


def test_who_is_in_another_country_is_not_sent_to_a_danish_office() -> None:
    told = said("moms", entities=elsewhere("Malmø"))["text"]
    assert "Hjælpen i Malmø kender jeg ikke" in told
    assert "kommunen" not in told


def test_what_is_no_topic_of_its_own_leads_nowhere_else() -> None:
    parsed = {"also": "moms", "entities": elsewhere("Aarhus"), "language": "pl"}
    tracker = DialogueStateTracker.from_events("s", [UserUttered("…", parse_data=parsed)], slots=[])
    question = {"text": "Er du fyldt 18 år?", "buttons": [], "metadata": {"topic": "moms"}}
    assert in_context({**question}, tracker, RESPONSES) == question


def test_nonsense_in_a_guide_is_no_answer_and_its_buttons_stay_the_last() -> None:
    answer = said("uden_for_emne", loop="cvr_form", also="moms")
    assert (answer["text"], answer["buttons"]) == ("Vælg en af knapperne.", [])
    assert answer["metadata"].get("topic") is None
    assert said("uden_for_emne")["text"] == "Det ved jeg ikke."


def test_the_models_own_responses_stay_as_they_were() -> None:
    before = repr(RESPONSES)
    said("vold", language="pl", also="moms", loop="cvr_form", entities=elsewhere("Aarhus"))
    said("uden_for_emne", loop="cvr_form")["buttons"].append(SKAT)
    assert repr(RESPONSES) == before
