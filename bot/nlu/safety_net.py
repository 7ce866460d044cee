"""The Rasa component that hears a cry for help ahead of whatever else a message is about."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.intent_classifier import WINDOWS
from bot.nlu.phrases import pattern, spelt_plainly
from bot.nlu.ranking import put_first, ranking_of

_MINOR = "under_18"
_MINORS_AGE = re.compile(
    r"\b(?:jeg er|jeg|er|im|i am|i m|ar|fylder|bliver) (?:kun |lige |snart |bare |knap |nok |only |just )*"
    r"(?:1[1-7]|eleve|tolv|treten|fjorten|femten|seksten|syten|eleven|twelve|thirten|fourten|fiften|sixten|seventen)"
    r"(?= ?(?:ar|years?|yo|y o|og|men|gamel|nu|snart|til|i|kan|ma|skal|har|men|hvad|så|so|and|but|old|$)\b|$)"
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyNet(IntentClassifier, GraphComponent):
    """Puts a safety topic first when a phrase names the danger, or when the classifier's doubts about all of them add up.

    The safety topics and their phrases are the training data's regular expressions, named by topic.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What the safety topics' probabilities must add up to: in the message, and in a stretch of a long one."""
        return {"threshold": 0.25, "window_threshold": 0.8}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, phrases: Mapping[str, list[str]]) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._phrases = phrases
        self._patterns = {topic: pattern(found) for topic, found in phrases.items()}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> SafetyNet:
        """A component that knows no phrase."""
        return cls(config, model_storage, resource, {})

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SafetyNet:
        """The component as it was trained. Raises ValueError when the stored model has no part of it."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, json.loads((folder / "phrases.json").read_text(encoding="utf-8")))

    def train(self, training_data: TrainingData) -> Resource:
        """Keeps the phrases."""
        phrases: defaultdict[str, list[str]] = defaultdict(list)
        for feature in training_data.regex_features:
            phrases[feature["name"]].append(feature["pattern"])
        with self._model_storage.write_to(self._resource) as folder:
            (folder / "phrases.json").write_text(json.dumps(phrases, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Puts the safety topic that each message cries for first, if it cries for any; `minor` says that the writer is under 18."""
        for message in messages:
            if _is_minor(message):
                message.set("minor", True, add_to_output=True)
            if heard := self._heard(message):
                put_first(message, *heard)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves the examples as they are."""
        return training_data

    def _heard(self, message: Message) -> tuple[str, float] | None:
        likely = ranking_of(message)
        if named := self._named(message):
            return max(named, key=lambda topic: likely.get(topic, 0.0)), 1.0
        if heard := self._summed(likely, self._config["threshold"]):
            return heard
        stretches = [self._summed(stretch, self._config["window_threshold"]) for stretch in message.get(WINDOWS) or ()]
        return max(filter(None, stretches), key=lambda heard: heard[1], default=None)

    def _named(self, message: Message) -> list[str]:
        plain = spelt_plainly(message.get(TEXT) or "")
        named = [topic for topic, phrases in self._patterns.items() if phrases.search(plain)]
        return [*named, _MINOR] if _MINOR in self._patterns and _is_minor(message) else named

    def _summed(self, likely: Mapping[str, float], threshold: float) -> tuple[str, float] | None:
        cries = {topic: value for topic, value in likely.items() if topic in self._patterns}
        if (together := sum(cries.values())) < threshold:
            return None
        return max(cries, key=cries.__getitem__), together


def _is_minor(message: Message) -> bool:
    return _MINORS_AGE.search(spelt_plainly(message.get(TEXT) or "")) is not None
