"""The words of an answer on the day and in the conversation they are said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.in_context import in_context
from bot.settings import COPENHAGEN
from bot.topics.answer import told_on
from bot.topics.model import Fact

# What a conversation must remember of an utterance; the rest of a response's metadata is for the actions.
_REMEMBERED = ("topic", "title", "kind", "sources")


class TopicResponseGenerator(TemplatedNaturalLanguageGenerator):
    """Rasa's responses with figures told as they stand today: `{name}` in a text is a fact in the response's metadata."""

    def __init__(self, endpoint_config: Any = None, domain: Domain | None = None) -> None:
        super().__init__(domain.responses if domain else {})

    async def generate(self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any) -> dict[str, Any] | None:
        """The response named `utter_action` as it is said in this conversation, or None when the model has none of that name."""
        response = self.told(utter_action, datetime.now(COPENHAGEN).date())
        return in_context(response, tracker, self.responses) if response else None

    def told(self, utter_action: str, day: date) -> dict[str, Any] | None:
        """The response named `utter_action` with its figures as they are told on `day`."""
        variations = self.responses.get(utter_action)
        if not variations:
            return None
        response: Mapping[str, Any] = variations[0]
        about: Mapping[str, Any] = response.get("metadata", {})
        facts = {name: Fact.model_validate(fact) for name, fact in about.get("figures", {}).items()}
        return {
            "text": told_on(response["text"], facts, day),
            "buttons": list(response.get("buttons", ())),
            "metadata": {name: about[name] for name in _REMEMBERED if name in about},
        }
