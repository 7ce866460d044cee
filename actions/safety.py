"""Answers a cry for help, whatever was being talked about."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.directory import now
from actions.look_up import FOR_MINORS, about_topic, cards, entities


class Safety(Action):
    """Says a safety topic's answer, puts a running guide aside, and remembers that somebody is under 18."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_safety"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says `utter_<topic>`, or after a button its second answer.

        What is for grown-ups alone is answered to a minor with what is for minors.
        """
        message = tracker.latest_message
        topic = message["intent"]["name"]
        if about_topic(topic, domain).get("kind") != "safety":
            topic = FOR_MINORS
        happened = entities(message).get("happened")
        response = f"utter_{topic}_{happened}" if happened in ("now", "before") else f"utter_{topic}"
        lookup = about_topic(topic, domain).get("services")
        dispatcher.utter_message(response=response, json_message=await cards(lookup, {}, now()) if lookup else {})
        events = [SlotSet("minor", True)] if message.get("minor") else []
        if guide := tracker.active_loop.get("name"):
            events += [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("unfinished_guide", guide)]
        return events
