"""The Rasa component that finds the other question in a message that asks two."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.intent_classifier import CLAUSES
from bot.nlu.language_detector import LANGUAGE
from bot.nlu.ranking import put_first, ranking_of
from bot.nlu.safety_net import ALARM

ALSO = "also"
_QUESTION = re.compile(
    r"(?:hej,? |og |men |også )*"
    r"(?:hv\w+|kan|ka|skal|må|er|får|har (?:du|i|jeg)|findes|gælder|jeg (?:vil|skal|har brug|mangler)|how|where|what|can|do|is)\b",
    re.IGNORECASE,
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SecondQuestion(IntentClassifier, GraphComponent):
    """Sets `also` to the topic of a second question. Of two questions the urgent one is answered first."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`urgent`: topics answered before others; `passed_over`: topics nobody asks beside others; `certainty` that a clause must have."""
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
        """Looks for a second question in each Danish message."""
        for message in messages:
            if not message.get(LANGUAGE):
                self._look_in(message)
        return messages

    def _look_in(self, message: Message) -> None:
        likely = ranking_of(message)
        best, confidence = next(iter(likely.items()))
        topics = self._asked(message.get(CLAUSES) or {})
        if alarm := message.get(ALARM):
            topics = [alarm, *(topic for topic in topics if topic != alarm)]
        if len(topics) < 2:
            return
        urgent = [topic for topic in topics if topic in self._config["urgent"]]
        first = alarm or (urgent or [best if best in topics else topics[0]])[0]
        put_first(message, first, max(confidence, self._config["certainty"]))
        message.set(ALSO, next(topic for topic in topics if topic != first), add_to_output=True)

    def _asked(self, clauses: dict[str, dict[str, float]]) -> list[str]:
        """The topics that are asked about for certain, in order, each once."""
        questions = [likely for clause, likely in clauses.items() if _QUESTION.match(clause)]
        best = [next(iter(likely.items())) for likely in questions if likely]
        certain = [topic for topic, confidence in best if confidence >= self._config["certainty"]]
        return [topic for topic in dict.fromkeys(certain) if topic not in self._config["passed_over"]]
