from typing import Any

import pytest

from actions.safety import Safety
from tests.actions.conftest import heard, ids, run, topic

RESPONSES = {
    **topic("vold", "safety", services={"ids": ["haven"], "needs": []}),
    **topic("under_18", "safety", services=None),
    **topic("moms", for_adults=True),
}


async def test_a_cry_for_help_is_answered_with_its_places_whatever_is_wished() -> None:
    said = await run(Safety(), heard("vold", entities={"area": "Valby"}), RESPONSES)
    (message,) = said.messages
    assert (message["response"], ids(message), said.events) == ("utter_vold", ["haven"], [])


@pytest.mark.parametrize(
    ("happened", "response"), [("now", "utter_vold_now"), ("before", "utter_vold_before"), ("aldrig", "utter_vold"), (None, "utter_vold")]
)
async def test_a_button_gives_the_second_answer(happened: str | None, response: str) -> None:
    (message,) = (await run(Safety(), heard("vold", entities={"happened": happened}), RESPONSES)).messages
    assert (message["response"], ids(message)) == (response, ["haven"])


async def test_a_running_guide_is_put_aside() -> None:
    said = await run(Safety(), heard("vold", loop="cvr_form", slots={"requested_slot": "cvr_alder", "cvr_alder": "ja"}), RESPONSES)
    assert said.slots == {"requested_slot": None, "unfinished_guide": "cvr_form"}
    assert {"name": None, "event": "active_loop"}.items() <= said.events[0].items()


@pytest.mark.parametrize(
    ("text", "understood", "response"),
    [
        ("jeg kan ikke", {"confidence": 0.6}, "utter_no_answer_to_that"),
        ("jeg kan ikke mere nu", {"confidence": 0.6}, "utter_vold"),
        ("han slår mig", {"confidence": 0.6, "named_danger": True}, "utter_vold"),
        ("hjælp", {"confidence": 0.8}, "utter_vold"),
    ],
)
async def test_in_a_guide_a_few_words_that_only_resemble_a_cry_leave_it_running(
    text: str, understood: dict[str, Any], response: str
) -> None:
    said = await run(Safety(), heard("vold", text, loop="cvr_form", **understood), RESPONSES)
    assert said.messages[0]["response"] == response
    assert (said.events == []) == (response == "utter_no_answer_to_that")
    alone = await run(Safety(), heard("vold", text, **understood), RESPONSES)
    assert alone.messages[0]["response"] == "utter_vold"


async def test_what_is_for_grown_ups_is_answered_with_what_is_for_minors() -> None:
    (message,) = (await run(Safety(), heard("moms", slots={"minor": True}), RESPONSES)).messages
    assert (message["response"], message["custom"]) == ("utter_under_18", {})


async def test_a_guide_that_is_for_grown_ups_is_too() -> None:
    (message,) = (await run(Safety(), heard("guide_cvr", slots={"minor": True}), RESPONSES)).messages
    assert message["response"] == "utter_under_18"
