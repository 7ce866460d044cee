"""Answers what is only understood from what was talked about: «og på Nørrebro?», «hvad koster det?»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.look_up import Wishes, answer, wishes
from actions.suggest_topics import suggest
from bot.topics.dialogue import about_topic
from bot.topics.text import folded

_ITSELF = "follow_up"
# How much likelier a topic is that lies next to what was talked about.
_NEARNESS = 6.0
_LIKELY = 0.35
_REMARKS = (
    (re.compile(r"koster|pris|gratis|betale"), "Jeg kender kun prisen, hvor der står gratis. Spørg ellers stedet, før du tager af sted."),
    (re.compile(r"adresse|ligger|\bhvor\b(?! meget| lang)|telefon|nummer|ringe"), "Det, jeg ved om adresse og telefon, står her under."),
)


class FollowUp(Action):
    """Answers in context: the topic talked about, or the likeliest one near it."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_follow_up"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says the topic's answer; without anything to follow up, what the message means alone, or the best guesses."""
        message = tracker.latest_message
        before = _talked_about(tracker)
        topic = _meant(message, before, domain) if before else message.get("alone")
        if topic and not tracker.active_loop:
            same = topic == before
            remark = _remark(message, about_topic(topic, domain["responses"])) if same else ""
            await answer(topic, dispatcher, tracker, domain, remark, _wished_earlier(tracker) if same else None)
        else:
            await suggest(dispatcher, tracker, domain)
        return []


class Courtesy(Action):
    """Answers «ja», «nej» and «tak»; after a cry for help with the number again."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_courtesy"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says the courtesy's own answer, or the second answer of the safety topic that was talked about just before."""
        said = tracker.latest_message["intent"]["name"]
        before = next(_told(tracker), {})
        if before.get("kind") == "safety":
            dispatcher.utter_message(response=f"utter_{before['topic']}_{'now' if said == 'ja' else 'before'}")
        else:
            dispatcher.utter_message(response=f"utter_{said}")
        return []


def _talked_about(tracker: Tracker) -> str | None:
    """The last topic that the assistant has spoken of, turns of conversation apart."""
    return next((about["topic"] for about in _told(tracker) if about.get("kind") not in (None, "meta")), None)


def _told(tracker: Tracker) -> Iterator[dict[str, Any]]:
    """What the model knows of each thing that the assistant has said, the latest first."""
    # Rasa puts a response's own metadata inside of the event's.
    return (event["metadata"].get("metadata") or {} for event in reversed(tracker.events) if event["event"] == "bot")


def _wished_earlier(tracker: Tracker) -> Wishes:
    """What was wished for since the topic was first asked about, of each kind the last."""
    wished: Wishes = {}
    for event in list(reversed([event for event in tracker.events if event["event"] == "user"]))[1:]:
        said = event["parse_data"]
        wished = {**wishes(said), **wished}
        if said["intent"]["name"] != _ITSELF:
            break
    return wished


def _meant(message: Mapping[str, Any], before: str, domain: Mapping[str, Any]) -> str:
    """The topic of `message` after `before`; one without a subject asks for a place, of which `before` may have none."""
    if not message.get("elliptic"):
        return _likeliest(message, before, domain)
    about = about_topic(before, domain["responses"])
    return before if about.get("services") or about.get("courses") else message.get("alone") or before


def _likeliest(message: Mapping[str, Any], before: str, domain: Mapping[str, Any]) -> str:
    """The likeliest topic of `message` after `before`; that one when there is none to speak of."""
    scores = {
        guess["name"]: guess["confidence"] * (_NEARNESS if _is_near(guess["name"], before, domain) else 1)
        for guess in message["intent_ranking"]
        if about_topic(guess["name"], domain["responses"])
    }
    best = max(scores, key=scores.__getitem__, default=None)
    return best if best and scores[best] >= _LIKELY else before


def _is_near(topic: str, before: str, domain: Mapping[str, Any]) -> bool:
    """Whether `before` leads on to `topic`, or both belong to the same area."""
    leads_on = {button["payload"].removeprefix("/") for button in domain["responses"][f"utter_{before}"][0].get("buttons", ())}
    return topic in leads_on or about_topic(topic, domain["responses"])["area"] == about_topic(before, domain["responses"])["area"]


def _remark(message: Mapping[str, Any], about: Mapping[str, Any]) -> str:
    asked = folded(message.get("text") or "")
    remarks = (remark for pattern, remark in _REMARKS if pattern.search(asked))
    return next(remarks, "") if about.get("services") else ""
