"""The Rasa component that tells which topic a message is about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.clauses import clauses, stretches
from bot.nlu.component import LearningComponent
from bot.nlu.linear_model import Floats, LinearModel
from bot.nlu.normalise import is_sad, normalise

RANKING_LENGTH = 10
CLAUSES = "clauses"
STRETCHES = "stretches"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DanishIntentClassifier(LearningComponent):
    """Sets `intent` and `intent_ranking` from a linear model of the topics' examples.

    A message of several clauses also gets `clauses`, a long one `stretches`: each with its likeliest topics and their probability,
    for later components.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`without_words`: the topic of a message in which there is nothing to read, such as a smile; `sad`: of a face that is sad."""
        return {"without_words": "uden_for_emne", "sad": "psykisk_hjaelp"}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._model: LinearModel | None = None

    @staticmethod
    def required_packages() -> list[str]:
        """Packages the component cannot run without."""
        return ["sklearn"]

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples and stores the model."""
        examples = [(example.get(TEXT), example.get(INTENT)) for example in training_data.intent_examples]
        texts, labels = zip(*examples, strict=True)
        self._model = LinearModel.train(texts, labels)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def read(self, folder: Path) -> None:
        """Takes up the model."""
        self._model = LinearModel.load(folder)

    def process(self, messages: list[Message]) -> list[Message]:
        """Ranks the topics for each message."""
        for message in messages if self._model else ():
            text = message.get(TEXT) or ""
            ranking = [{"name": name, "confidence": value} for name, value in self._likeliest(text).items()]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            if len(pieces := clauses(text)) > 1:
                message.set(CLAUSES, {piece: self._likeliest(piece) for piece in pieces})
            message.set(STRETCHES, [self._likeliest(stretch) for stretch in stretches(text)])
        return messages

    def _likeliest(self, text: str) -> dict[str, float]:
        if self._model is None:
            return {}
        if not normalise(text):
            return {self._config["sad" if is_sad(text) else "without_words"]: 1.0}
        row: Floats = self._model.probabilities([text])[0]
        return {self._model.labels[i]: float(row[i]) for i in row.argsort()[::-1][:RANKING_LENGTH]}
