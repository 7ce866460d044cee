"""The Rasa component that recognises messages written in another language than Danish."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.linear_model import LinearModel
from bot.nlu.ranking import put_first

LANGUAGE = "language"
_DANISH = "da"
_MOST_DANISH_EXAMPLES = 4000


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LanguageDetector(IntentClassifier, GraphComponent):
    """Sets `language` to the ISO 639-1 code of a foreign message, and puts the topic `sprog_tolk` first.

    It learns from the look-up tables named by language, and from the topics' examples, which are Danish.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`topic`: what a foreign message is about; `certainty`: how sure it must be that a message isn't Danish."""
        return {"topic": "sprog_tolk", "certainty": 0.5}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: LinearModel | None = None) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> LanguageDetector:
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
    ) -> LanguageDetector:
        """The component as it was trained. Raises ValueError when the stored model has no part of it."""
        with model_storage.read_from(resource) as folder:
            known = (folder / "model.json").exists()
            return cls(config, model_storage, resource, LinearModel.load(folder) if known else None)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the languages; without any, every message is Danish."""
        foreign = [(text, table["name"]) for table in training_data.lookup_tables for text in table["elements"]]
        # The topic about languages and cries for help have examples in other languages.
        mixed = {self._config["topic"], *(feature["name"] for feature in training_data.regex_features)}
        danish = [(example.get(TEXT), _DANISH) for example in training_data.intent_examples if example.get(INTENT) not in mixed]
        danish = danish[:: max(1, len(danish) // _MOST_DANISH_EXAMPLES)]
        with self._model_storage.write_to(self._resource) as folder:
            if foreign and danish:
                self._model = LinearModel.train(*zip(*[*danish, *foreign], strict=True))
                self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Recognises each message's language."""
        for message in messages:
            if heard := self._heard(message.get(TEXT) or ""):
                language, probability = heard
                message.set(LANGUAGE, language, add_to_output=True)
                put_first(message, self._config["topic"], probability)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves the examples as they are."""
        return training_data

    def _heard(self, text: str) -> tuple[str, float] | None:
        # A single Latin word is too little: "nix", a name, a slip of the thumb.
        if self._model is None or (len(text.split()) < 2 and text.isascii()):
            return None
        row = dict(zip(self._model.labels, self._model.probabilities([text])[0], strict=True))
        foreign = 1 - float(row.pop(_DANISH))
        return (max(row, key=row.__getitem__), foreign) if foreign >= self._config["certainty"] else None
