"""Answers a cry for help, whatever was being talked about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.directory import now
from actions.look_up import FOR_MINORS, cards, entities
from bot.topics.dialogue import about_topic

_A_FEW_WORDS = 3
_BEYOND_DOUBT = 0.8


class Safety(Action):
    """Says a safety topic's answer, and puts a running guide aside."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_safety"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says `utter_<topic>`, or after a button its second answer.

        What is for grown-ups alone is answered to a minor with what is for minors.
        """
        message = tracker.latest_message
        if tracker.active_loop and _is_a_mere_guess(message):
            dispatcher.utter_message(response="utter_no_answer_to_that")
            return []
        topic = message["intent"]["name"]
        if about_topic(topic, domain["responses"]).get("kind") != "safety":
            topic = FOR_MINORS
        happened = entities(message).get("happened")
        response = f"utter_{topic}_{happened}" if happened in ("now", "before") else f"utter_{topic}"
        lookup = about_topic(topic, domain["responses"]).get("services")
        dispatcher.utter_message(response=response, json_message=await cards(lookup, {}, now()) if lookup else {})
        guide = tracker.active_loop.get("name")
        return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("unfinished_guide", guide)] if guide else []


def _is_a_mere_guess(message: Mapping[str, Any]) -> bool:
    """Whether a few words, probably an answer to a guide that could not be read, only resemble a cry for help."""
    few = len((message.get("text") or "").split()) <= _A_FEW_WORDS
    return few and not message.get("named_danger") and message["intent"]["confidence"] < _BEYOND_DOUBT
