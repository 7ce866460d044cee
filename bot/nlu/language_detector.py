"""The Rasa component that recognises messages written in another language than Danish."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import LearningComponent
from bot.nlu.linear_model import LinearModel
from bot.nlu.normalise import normalise
from bot.nlu.ranking import put_first

LANGUAGE = "language"
_DANISH = "da"
# Whose language is not sure is answered in English.
_COMMON = "en"
_SURE = 0.6
_MOST_DANISH_EXAMPLES = 4000
_SHORT = 3
_WORDS = "danish_words.json"
# A word is Danish that stands in so many Danish examples and in no other language's.
_OFTEN = 3
# A message with so large a share of Danish words is Danish, however much English is in it.
_DANISH_ENOUGH = 0.2


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LanguageDetector(LearningComponent):
    """Sets `language` to the ISO 639-1 code of a foreign message, and puts the topic `sprog_tolk` first.

    It learns from the look-up tables named by language, and from the topics' examples, which are Danish.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`topic`: what a foreign message is about; how sure it must be that a message isn't Danish, and without any Danish word."""
        return {"topic": "sprog_tolk", "certainty": 0.5, "certainty_without_danish": 0.35}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._model: LinearModel | None = None
        self._danish_words: frozenset[str] = frozenset()

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the languages; without any, every message is Danish."""
        foreign = [(text, table["name"]) for table in training_data.lookup_tables for text in table["elements"]]
        # The topic about languages and cries for help have examples in other languages.
        mixed = {self._config["topic"], *(feature["name"] for feature in training_data.regex_features)}
        danish = [(example.get(TEXT), _DANISH) for example in training_data.intent_examples if example.get(INTENT) not in mixed]
        short = [example for example in danish if len(example[0].split()) <= _SHORT]
        danish = [*short, *danish[:: max(1, len(danish) // _MOST_DANISH_EXAMPLES)]]
        with self._model_storage.write_to(self._resource) as folder:
            if foreign and danish:
                self._model = LinearModel.train(*zip(*[*danish, *foreign], strict=True), balanced=True)
                self._model.save(folder)
                (folder / _WORDS).write_text(json.dumps(_danish_words(danish, foreign), ensure_ascii=False), encoding="utf-8")
        return self._resource

    def read(self, folder: Path) -> None:
        """Takes up the model and the Danish words, where any language was learnt."""
        if (folder / _WORDS).exists():
            self._model = LinearModel.load(folder)
            self._danish_words = frozenset(json.loads((folder / _WORDS).read_text(encoding="utf-8")))

    def process(self, messages: list[Message]) -> list[Message]:
        """Recognises each message's language."""
        for message in messages:
            if heard := self._heard(message.get(TEXT) or ""):
                language, probability = heard
                message.set(LANGUAGE, language, add_to_output=True)
                put_first(message, self._config["topic"], probability)
        return messages

    def _heard(self, text: str) -> tuple[str, float] | None:
        # A single Latin word is too little: "nix", a name, a slip of the thumb. So is a smile.
        letters = [letter for letter in text if letter.isalpha()]
        latin = all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
        words = normalise(text).split()
        if self._model is None or not letters or (latin and len(words) < 2):
            return None
        danish = sum(word in self._danish_words for word in words)
        if danish >= _DANISH_ENOUGH * len(words):
            return None
        row = dict(zip(self._model.labels, self._model.probabilities([text])[0], strict=True))
        foreign = 1 - float(row.pop(_DANISH))
        if foreign < self._config["certainty" if danish else "certainty_without_danish"]:
            return None
        likeliest = max(row, key=row.__getitem__)
        return (likeliest if row[likeliest] >= _SURE * foreign else _COMMON), foreign


def _danish_words(danish: Sequence[tuple[str, str]], foreign: Sequence[tuple[str, str]]) -> list[str]:
    elsewhere = {word for text, _ in foreign for word in normalise(text).split()}
    counts = Counter(word for text, _ in danish for word in set(normalise(text).split()))
    return sorted(word for word, count in counts.items() if count >= _OFTEN and word not in elsewhere)
