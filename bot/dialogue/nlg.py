"""The words of an answer on the day it is given."""

from __future__ import annotations

import copy
from datetime import date, datetime
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.settings import COPENHAGEN
from bot.topics.answer import told_on
from bot.topics.model import Fact


class TopicResponseGenerator(TemplatedNaturalLanguageGenerator):
    """Rasa's responses with figures told as they stand today: `{name}` in a text is a fact in the response's metadata."""

    def __init__(self, endpoint_config: Any = None, domain: Domain | None = None) -> None:
        super().__init__(domain.responses if domain else {})

    async def generate(self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any) -> dict[str, Any] | None:
        """The response named `utter_action`, or None when the model has none of that name."""
        return self.told(utter_action, datetime.now(COPENHAGEN).date())

    def told(self, utter_action: str, day: date) -> dict[str, Any] | None:
        """The response named `utter_action` with its figures as they are told on `day`."""
        variations = self.responses.get(utter_action)
        if not variations:
            return None
        response: dict[str, Any] = copy.deepcopy(variations[0])
        facts = {name: Fact.model_validate(fact) for name, fact in response.get("metadata", {}).get("figures", {}).items()}
        response["text"] = told_on(response["text"], facts, day)
        return response
