"""The Rasa component that finds the other question in a message that asks two."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.intent_classifier import CLAUSES
from bot.nlu.ranking import put_first, ranking_of

ALSO = "also"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SecondQuestion(IntentClassifier, GraphComponent):
    """Sets `also` to the topic of a second question. Of two questions the urgent one is answered first."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`urgent`: topics answered before others; `passed_over`: topics that are no question; `certainty` that a clause must have."""
        return {"urgent": [], "passed_over": [], "certainty": 0.6}

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> SecondQuestion:
        """The component; it has nothing to learn."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Looks for a second question in each message."""
        for message in messages:
            self._look_in(message)
        return messages

    def _look_in(self, message: Message) -> None:
        asked = [
            max(clause, key=clause.__getitem__)
            for clause in message.get(CLAUSES) or ()
            if max(clause.values()) >= self._config["certainty"]
        ]
        topics = [topic for topic in dict.fromkeys(asked) if topic not in self._config["passed_over"]]
        if len(topics) < 2:
            return
        likely = ranking_of(message)
        best = next(iter(likely))
        first = best if best in topics else topics[0]
        urgent = [topic for topic in topics if topic in self._config["urgent"]]
        if urgent and first not in urgent:
            first = urgent[0]
        put_first(message, first, max(likely[best], self._config["certainty"]))
        message.set(ALSO, next(topic for topic in topics if topic != first), add_to_output=True)
