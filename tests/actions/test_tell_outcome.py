from typing import Any

import pytest

from actions.guides import TellOutcome
from tests.actions.conftest import Said, heard, ids, run
from tests.actions.small_guide import FORM, responses, slot

LOOP: list[dict[str, Any]] = [{"event": "active_loop", "name": FORM}, {"event": "active_loop", "name": None}]
RESPONSES = responses()


async def told(
    answers: dict[str, str], found: dict[str, list[dict[str, Any]]] = RESPONSES, *, minor: bool = False
) -> tuple[dict[str, Any], Said]:
    """The one message said at the end of the guide, and all that the action did."""
    slots = {slot(name): value for name, value in answers.items()}
    said = await run(TellOutcome(), heard(slots={**slots, "minor": minor}, events=LOOP), found)
    (message,) = said.messages
    return message, said


async def test_the_end_tells_in_one_message_what_the_answers_point_to() -> None:
    message, _ = await told({"alder": "ja", "penge": "loen", "loen": "3000"})
    first, sum_, limit, last = message["text"].split("\n\n")
    assert (first, last) == ("Løn kan gøre hjælpen mindre.", "Spørg kommunen.")
    assert "3.000 kr." in sum_
    assert limit == "Loftet er 500 kr."
    assert message["response"] == "utter_guide_smaajob_modregning"
    assert [button["payload"] for button in message["buttons"]] == ["/skat", "/guide_smaajob_modregning"]
    assert ids(message) == ["haven", "huset"]


@pytest.mark.parametrize("answers", [{"alder": "ja", "penge": "firma"}, {"alder": "ja", "penge": "__left__"}])
async def test_the_answers_are_forgotten(answers: dict[str, str]) -> None:
    _, said = await told(answers)
    assert said.slots == dict.fromkeys(map(slot, ("alder", "penge", "loen")))


async def test_whoever_stops_is_told_so_and_no_more() -> None:
    message, _ = await told({"alder": "ja", "penge": "__left__"})
    assert (message["response"], message["text"]) == ("utter_guide_left", None)


async def test_an_outcome_that_ends_it_is_the_last() -> None:
    message, _ = await told({"alder": "nej", "penge": "loen"})
    assert (message["text"], ids(message)) == ("Ring til BørneTelefonen.", ["huset"])
    assert [button["title"] for button in message["buttons"]] == ["Vold", "Start forfra"]


async def test_somebody_under_18_is_not_led_back_to_the_beginning() -> None:
    message, _ = await told({"alder": "nej"}, minor=True)
    assert [button["title"] for button in message["buttons"]] == ["Vold"]


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"omraade": "valby", "tid": "senere"}, ["huset"]),
        ({"omraade": "ved_ikke", "tid": "nu"}, ["haven"]),
        ({"omraade": "hele_byen", "tid": "ved_ikke"}, ["haven", "huset"]),
    ],
)
async def test_the_answers_to_where_and_when_narrow_the_places(answers: dict[str, str], shown: list[str]) -> None:
    choices = {"omraade": {"valby": "Valby", "hele_byen": "Hele byen"}, "tid": {"nu": "Nu", "senere": "Senere"}}
    questions = {name: {"text": "?", "choices": titles} for name, titles in choices.items()}
    message, _ = await told(answers, responses(questions=questions, outcomes=[{"say": "Her.", "services": {"needs": ["mad"]}}]))
    assert ids(message) == shown


async def test_a_sum_of_a_number_that_was_not_given_is_left_out() -> None:
    message, _ = await told({"alder": "ja", "penge": "loen", "loen": "ved_ikke"})
    assert message["text"] == "Løn kan gøre hjælpen mindre.\n\nLoftet er 500 kr.\n\nSpørg kommunen."
