"""What the bot says when it does not understand: so, its best guesses, and somebody to call."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.directory import now
from actions.find_services import cards

GUESSES = 3
SOMEBODY_TO_CALL = {"ids": ["den-sociale-doegnvagt"]}


class SuggestTopics(Action):
    """Offers the likeliest topics as buttons, and a number where a person answers day and night."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_suggest_topics"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says `utter_not_understood` with the buttons and the card of the service."""
        ranked = [guess["name"] for guess in tracker.latest_message.get("intent_ranking", [])]
        buttons = [button for topic in ranked if (button := _button(topic, domain))][:GUESSES]
        somebody = await cards(SOMEBODY_TO_CALL, {}, now())
        dispatcher.utter_message(response="utter_not_understood", buttons=buttons, json_message=somebody)
        return []


def _button(topic: str, domain: dict[str, Any]) -> dict[str, str] | None:
    """The button of a topic one may be asking about; None for the turns of conversation."""
    responses = domain["responses"].get(f"utter_{topic}")
    if not responses or responses[0]["metadata"]["kind"] == "meta":
        return None
    return {"title": responses[0]["metadata"]["title"], "payload": f"/{topic}"}
