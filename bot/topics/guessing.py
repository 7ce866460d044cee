"""What a message is about that is answered with a few lines in another language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.topics.dialogue import ABOUT_LANGUAGES, about_topic

# The examples know English words; of other languages nothing can be guessed.
_GUESSED_IN = "en"
# What everything that is no small talk must be likely together, and one topic's share of that. English as a whole is about
# languages, so next to nothing is left for the rest.
_ABOUT_ANYTHING, _CLEARLY = 0.0001, 0.7


def guessed(message: Mapping[str, Any], responses: Mapping[str, Any]) -> str | None:
    """The topic that an English message is clearly about; None where none is, and for other languages.

    `message` is what Rasa has parsed, `responses` are the domain's.
    """
    if message.get("language") != _GUESSED_IN:
        return None
    ranking = {guess["name"]: guess["confidence"] for guess in message.get("intent_ranking", ())}
    likely = {topic: confidence for topic, confidence in ranking.items() if _is_answered(topic, responses)}
    together = sum(likely.values())
    if together < _ABOUT_ANYTHING:
        return None
    return next((topic for topic, confidence in likely.items() if confidence >= _CLEARLY * together), None)


def _is_answered(topic: str, responses: Mapping[str, Any]) -> bool:
    return about_topic(topic, responses).get("kind") not in (None, "meta") and topic != ABOUT_LANGUAGES
