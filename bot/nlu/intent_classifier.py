"""The Rasa component that tells which topic a message is about."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.clauses import clauses
from bot.nlu.linear_model import Floats, LinearModel
from bot.nlu.normalise import normalise

RANKING_LENGTH = 10
CLAUSES = "clauses"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DanishIntentClassifier(IntentClassifier, GraphComponent):
    """Sets `intent` and `intent_ranking` from a linear model of the topics' examples.

    A message of several clauses also gets `clauses`: each with its likeliest topics and their probability, for later components.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`without_words`: the topic of a message in which there is nothing to read, such as a smile."""
        return {"without_words": "uden_for_emne"}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: LinearModel | None = None) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def required_packages() -> list[str]:
        """Packages the component cannot run without."""
        return ["sklearn"]

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> DanishIntentClassifier:
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DanishIntentClassifier:
        """The component as it was trained. Raises ValueError when the stored model has no part of it."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples and stores the model."""
        examples = [(example.get(TEXT), example.get(INTENT)) for example in training_data.intent_examples]
        texts, labels = zip(*examples, strict=True)
        self._model = LinearModel.train(texts, labels)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Ranks the topics for each message."""
        for message in messages if self._model else ():
            text = message.get(TEXT) or ""
            ranking = [{"name": name, "confidence": value} for name, value in self._likeliest(text).items()]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            if len(pieces := clauses(text)) > 1:
                message.set(CLAUSES, {piece: self._likeliest(piece) for piece in pieces})
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves the examples as they are: no later component learns from the ranking."""
        return training_data

    def _likeliest(self, text: str) -> dict[str, float]:
        if self._model is None:
            return {}
        if not normalise(text):
            return {self._config["without_words"]: 1.0}
        row: Floats = self._model.probabilities([text])[0]
        return {self._model.labels[i]: float(row[i]) for i in row.argsort()[::-1][:RANKING_LENGTH]}
