"""What the bot says when it does not understand: so, its best guesses, and somebody to call."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.directory import now
from actions.look_up import cards
from bot.topics.dialogue import about_topic

GUESSES = 3
# Where there is nothing to guess: what most people come for.
INSTEAD = ("tal_med_menneske", "kontanthjaelp_hvem", "laege")
_A_GUESS = 0.05
SOMEBODY_TO_CALL = {"ids": ["den-sociale-doegnvagt"]}


class SuggestTopics(Action):
    """Offers the likeliest topics as buttons, and a number where a person answers day and night."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_suggest_topics"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says so, with the guesses."""
        await suggest(dispatcher, tracker, domain)
        return []


async def suggest(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> None:
    """Says `utter_not_understood` with a button for each guess and the cards of the service and of places called by name.

    In a guide it says that the answer was none, and the guide asks again.
    """
    if tracker.active_loop:
        dispatcher.utter_message(response="utter_no_answer_to_that")
        return
    ranked = [guess["name"] for guess in tracker.latest_message.get("intent_ranking", []) if guess["confidence"] >= _A_GUESS]
    buttons = [button for topic in dict.fromkeys((*ranked, *INSTEAD)) if (button := _button(topic, domain))][:GUESSES]
    shown = await cards(SOMEBODY_TO_CALL, {}, now(), tracker.latest_message.get("text") or "")
    dispatcher.utter_message(response="utter_not_understood", buttons=buttons, json_message=shown)


def _button(topic: str, domain: dict[str, Any]) -> dict[str, str] | None:
    """The button of a topic one may be asking about; None for the turns of conversation."""
    about = about_topic(topic, domain["responses"])
    if about.get("kind") in (None, "meta"):
        return None
    return {"title": about["title"], "payload": f"/{topic}"}
