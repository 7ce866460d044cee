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

from bot.nlu.language_detector import LANGUAGE
from bot.nlu.phrases import pattern, spelt_plainly
from bot.nlu.ranking import put_first, ranking_of

ALARM = "alarm"
_ACTED_ON = 0.6
# How much likelier a topic is for having been named.
_NAMED = 0.3
_MINOR = "under_18"
_MINORS_AGE = re.compile(
    r"(?:\bjeg er|\bjeg fylder|\bjeg bliver|\bjeg|^er|\bim|\bi am|\bi m) "
    r"(?:(?:altsa|jo|faktisk|egentlig|ogsa|stadig|kun|lige|snart|bare|knap|nok|naesten|only|just|still|actualy) )*"
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
        """What the safety topics' probabilities must add up to, and what where the likeliest topic is one of `harmless`."""
        return {"threshold": 0.25, "harmless": {"uden_for_emne": 0.45, "sprog_tolk": 0.4}, "languages": ["en"]}

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
                topic, confidence = heard
                message.set(ALARM, topic)
                # What was heard is acted on: no fallback for want of certainty.
                put_first(message, topic, max(confidence, _ACTED_ON))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves the examples as they are."""
        return training_data

    def _heard(self, message: Message) -> tuple[str, float] | None:
        likely = {topic: ranking_of(message).get(topic, 0.0) for topic in self._patterns}
        if named := self._named(message):
            return max(likely, key=lambda topic: likely[topic] + (_NAMED if topic in named else 0)), 1.0
        # The examples are Danish and English: of other languages only the phrases are known.
        if message.get(LANGUAGE, "en") not in self._config["languages"]:
            return None
        first = next(iter(ranking_of(message)), "")
        threshold = self._config["harmless"].get(first, self._config["threshold"])
        together = sum(likely.values())
        return (max(likely, key=likely.__getitem__), together) if likely and together >= threshold else None

    def _named(self, message: Message) -> list[str]:
        plain = spelt_plainly(message.get(TEXT) or "")
        named = [topic for topic, phrases in self._patterns.items() if phrases.search(plain)]
        return [*named, _MINOR] if _MINOR in self._patterns and _is_minor(message) else named


def _is_minor(message: Message) -> bool:
    return _MINORS_AGE.search(spelt_plainly(message.get(TEXT) or "")) is not None
