"""The Rasa component that hears a cry for help ahead of whatever else a message is about."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import LearningComponent
from bot.nlu.intent_classifier import STRETCHES
from bot.nlu.language_detector import LANGUAGE
from bot.nlu.phrases import pattern, spelt_plainly
from bot.nlu.ranking import put_first, ranking_of

ALARM = "alarm"
_PHRASES = "phrases.json"
_ACTED_ON = 0.6
_SHORT = 5
# How much likelier a topic is for having been named.
_NAMED = 0.3
_MINOR = "under_18"
_I_AM = (
    r"(?:\bjeg er|\bjeg fylder|\bjeg bliver|\bjeg|^er|\bim|\bi am|\bi m) "
    r"(?:(?:altsa|jo|faktisk|egentlig|ogsa|stadig|kun|lige|snart|bare|knap|nok|nasten|fyldt|over|only|just|stil|actualy) )*"
)
_YEARS = r" ?(?:ar|years?|yo|y o)\b(?! (?:aldre|yngre|siden|i branchen))"
_TEENS = r"1[1-7]|eleve|tolv|treten|fjorten|femten|seksten|syten|eleven|twelve|thirten|fourten|fiften|sixten|seventen"
# What makes a bare number something else than an age.
_NO_AGE = (
    r"(?! ?(?:til|tim\w*|uge\w*|dag\w*|maned\w*|mdr|minut\w*|min|m|km|kr\w*|tusind\w*|k|kunder|kg|kilo|cm|bilag|gang\w*|stk|om|ud|nr|"
    r"grader|aldre|yngre|ar aldre|ar yngre|weeks?|days?|minutes?|hours?|km)\b|\d)"
)
_NOT_YET_18 = r"\bjeg (?:fylder|bliver|er (?:nasten|snart|knap)) (?:snart |forst )?18\b"
_MINORS_AGE = re.compile(rf"{_I_AM}(?:{_TEENS})\b(?:{_YEARS}|(?! ?(?:ar|years?)\b){_NO_AGE})|{_NOT_YET_18}")
_ABOUT_OTHERS = re.compile(
    r"\b(?:min|mit|mine|hun|han|hende|ham|de|dem|borger\w*|veninde\w*|kolega\w*|datter\w*|son|soster|barn\w*|born\w*|unge|pigen|my|she|he|her|they|girl)\b"
)
_TELLS_AN_AGE = re.compile(rf"\b(?:1[0-8]|{_TEENS}|mindrearig|underage|minor)\b")
_ADULTS_AGE = re.compile(rf"\bjeg er (?:(?:fyldt|over|altsa|jo) )*(?:1[89]|[2-7]\d)(?:{_YEARS}|(?= ?$| og\b))")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyNet(LearningComponent):
    """Puts a safety topic first when a phrase names the danger, or when the classifier's doubts about all of them add up.

    The safety topics and their phrases are the training data's regular expressions, named by topic.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What the safety topics' probabilities must add up to; in five words or fewer; and in one stretch of a long message.

        Of other languages than Danish only `languages` are added up: the examples know no others.
        """
        return {"threshold": 0.25, "short_threshold": 0.4, "stretch_threshold": 0.995, "languages": ["en"]}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._patterns: dict[str, re.Pattern[str]] = {}

    def train(self, training_data: TrainingData) -> Resource:
        """Keeps the phrases."""
        phrases: defaultdict[str, list[str]] = defaultdict(list)
        for feature in training_data.regex_features:
            phrases[feature["name"]].append(feature["pattern"])
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _PHRASES).write_text(json.dumps(phrases, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def read(self, folder: Path) -> None:
        """Takes up the phrases."""
        phrases: dict[str, list[str]] = json.loads((folder / _PHRASES).read_text(encoding="utf-8"))
        self._patterns = {topic: pattern(found) for topic, found in phrases.items()}

    def process(self, messages: list[Message]) -> list[Message]:
        """Puts the safety topic that each message cries for first; `minor` tells whether the writer has said to be under 18 or not."""
        for message in messages:
            plain = spelt_plainly(message.get(TEXT) or "")
            minor = _minor(plain)
            if heard := self._heard(message, plain, minor):
                topic, confidence = heard
                if topic == _MINOR and minor is None and _TELLS_AN_AGE.search(plain) and not _ABOUT_OTHERS.search(plain):
                    minor = True
                message.set(ALARM, topic)
                # What was heard is acted on: no fallback for want of certainty.
                put_first(message, topic, max(confidence, _ACTED_ON))
            if minor is not None:
                entity = {"entity": "minor", "value": minor, "start": 0, "end": len(message.get(TEXT)), "extractor": type(self).__name__}
                message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)
        return messages

    def _heard(self, message: Message, plain: str, minor: bool | None) -> tuple[str, float] | None:
        ranking = ranking_of(message)
        likely = {topic: ranking.get(topic, 0.0) for topic in self._patterns}
        if named := self._named(plain, minor):
            message.set("named_danger", True, add_to_output=True)
            return max(likely, key=lambda topic: likely[topic] + (_NAMED if topic in named else 0)), 1.0
        if (language := message.get(LANGUAGE)) and language not in self._config["languages"]:
            return None
        short = len(plain.split()) <= _SHORT
        threshold = self._config["short_threshold" if short else "threshold"]
        together = sum(likely.values())
        if likely and together >= threshold:
            return max(likely, key=likely.__getitem__), together
        return self._heard_in_passing(message)

    def _heard_in_passing(self, message: Message) -> tuple[str, float] | None:
        """The danger of the stretch that is most about one; a child's age said in passing is mostly about the writer's own children."""
        dangers = self._patterns.keys() - {_MINOR}
        said = [{topic: stretch.get(topic, 0.0) for topic in dangers} for stretch in message.get(STRETCHES) or ()]
        worst = max(said, key=lambda likely: sum(likely.values()), default={})
        together = sum(worst.values())
        return (max(worst, key=worst.__getitem__), together) if worst and together >= self._config["stretch_threshold"] else None

    def _named(self, plain: str, minor: bool | None) -> list[str]:
        named = [topic for topic, phrases in self._patterns.items() if phrases.search(plain)]
        return [*named, _MINOR] if _MINOR in self._patterns and minor else named


def _minor(plain: str) -> bool | None:
    """Whether the writer says to be under 18; None when nothing is said of it."""
    if _MINORS_AGE.search(plain):
        return True
    return False if _ADULTS_AGE.search(plain) else None
