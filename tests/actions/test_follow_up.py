from typing import Any

import pytest

from actions.follow_up import Courtesy, FollowUp
from tests.actions.conftest import heard, ids, run, told, topic

RESPONSES = {
    **topic("vaerested", "lookup", leads_to=["mad"], services={"ids": [], "needs": ["mad"]}),
    **topic("mad", area="mad"),
    **topic("laege"),
    **topic("moms", area="virksomhed", for_adults=True),
    **topic("skat", area="virksomhed", for_adults=True),
    **topic("under_18", "safety", area="sikkerhed"),
    **topic("hilsen", "meta", area="samtale"),
}
BEFORE = [told("moms"), told("vaerested", "lookup")]


async def answered(text: str, *, events: list[dict[str, Any]] = BEFORE, slots: dict[str, Any] | None = None, **understood: Any) -> Any:
    ranking = [{"name": name, "confidence": value} for name, value in understood.pop("ranking", {}).items()]
    tracker = heard("follow_up", text, slots=slots, events=events, intent_ranking=ranking, **understood)
    (message,) = (await run(FollowUp(), tracker, RESPONSES)).messages
    return message


async def test_a_message_without_a_subject_is_about_the_last_topic() -> None:
    message = await answered("og på Amager?", elliptic=True, entities={"area": "Amager"}, ranking={"moms": 0.9})
    assert (message["response"], ids(message)) == ("utter_vaerested", ["haven"])


@pytest.mark.parametrize(("text", "remark"), [("hvad koster det?", "Jeg kender kun prisen"), ("hvor ligger det", "adresse og telefon")])
async def test_what_the_answer_does_not_say_is_said_first(text: str, remark: str) -> None:
    message = await answered(text, elliptic=True, ranking={})
    assert message["response"] == "utter_vaerested"
    assert remark in message["custom"]["note"]


async def test_no_remark_on_places_where_there_are_none() -> None:
    message = await answered("hvad koster det?", events=[told("moms")], elliptic=True, ranking={})
    assert (message["response"], message["custom"]) == ("utter_moms", {})


@pytest.mark.parametrize(
    ("ranking", "answer"),
    [
        ({"moms": 0.3, "mad": 0.1}, "utter_mad"),
        ({"moms": 0.3, "laege": 0.1}, "utter_laege"),
        ({"moms": 0.7, "laege": 0.1}, "utter_moms"),
        ({"moms": 0.3, "laege": 0.05}, "utter_vaerested"),
        ({"nlu_fallback": 0.9}, "utter_vaerested"),
    ],
)
async def test_a_topic_next_to_the_last_is_likelier(ranking: dict[str, float], answer: str) -> None:
    assert (await answered("og hvad så med det", elliptic=False, ranking=ranking))["response"] == answer


async def test_turns_of_conversation_are_not_what_was_talked_about() -> None:
    not_understood = {"event": "bot", "metadata": {"metadata": {"topic": "uden_for_emne"}}}
    events = [*BEFORE, told("hilsen", "meta"), not_understood, {"event": "bot", "metadata": {}}]
    assert (await answered("og på Amager?", events=events, elliptic=True, ranking={}))["response"] == "utter_vaerested"


async def test_with_nothing_before_a_message_means_what_it_means_alone() -> None:
    assert (await answered("og hvad med moms", events=[], alone="moms", ranking={"moms": 0.6}))["response"] == "utter_moms"


async def test_with_nothing_before_and_no_meaning_of_its_own_there_are_guesses() -> None:
    message = await answered("og på Amager?", events=[], alone=None, elliptic=True, ranking={"skat": 0.2, "moms": 0.05})
    assert message["response"] == "utter_not_understood"
    assert [button["payload"] for button in message["buttons"]][:2] == ["/skat", "/moms"]


@pytest.mark.parametrize("events", [[told("moms")], []])
async def test_somebody_under_18_is_not_told_what_is_for_grown_ups(events: list[dict[str, Any]]) -> None:
    message = await answered("og hvad med skat", events=events, slots={"minor": True}, alone="skat", ranking={"skat": 0.9})
    assert message["response"] == "utter_under_18"


async def test_in_a_guide_nothing_is_followed_up() -> None:
    (message,) = (await run(FollowUp(), heard("follow_up", loop="cvr_form", events=BEFORE, elliptic=True), RESPONSES)).messages
    assert message["response"] == "utter_no_answer_to_that"


@pytest.mark.parametrize(
    ("said", "events", "response"),
    [
        ("ja", [told("vold", "safety")], "utter_vold_now"),
        ("nej", [told("vold", "safety")], "utter_vold_before"),
        ("tak", [told("vold", "safety")], "utter_vold_before"),
        ("tak", [told("vold", "safety"), told("moms")], "utter_tak"),
        ("ja", [], "utter_ja"),
    ],
)
async def test_a_courtesy_right_after_a_cry_for_help_is_answered_with_the_number_again(
    said: str, events: list[dict[str, Any]], response: str
) -> None:
    (message,) = (await run(Courtesy(), heard(said, events=events), RESPONSES)).messages
    assert message["response"] == response
