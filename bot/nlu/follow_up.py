"""The Rasa component that hears when a message leans on what was talked about before."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.directory.areas import without_area
from bot.directory.vocabulary import LANGUAGES
from bot.nlu.language_detector import LANGUAGE
from bot.nlu.phrases import pattern, spelt_plainly
from bot.nlu.ranking import put_first, ranking_of
from bot.nlu.safety_net import ALARM

FOLLOW_UP = "follow_up"
_MOST_WORDS = 9
_OPENINGS = pattern(
    ["og", "men", "jamen", "eller", "også", "så hvad", "hvad med", "hvad nu", "hvad hvis", "hvis", "and", "what about", "what if"]
)
# With an area and these words alone, a message names no subject of its own.
_WITHOUT_SUBJECT = """
    og men også hvad hvor hvornår hvordan hvem med er der det den de dem på i ved til fra når så kan ka jeg skal man mig du har noget
    nogen sted steder stedet åben* åbne* åbner lukker luk* tid* nu lige her dag aften nat morgen weekend* formiddag eftermiddag mandag
    tirsdag onsdag torsdag fredag lørdag søndag allerede stadig senere tidligere adresse* ligger hen derhen dertil gå kommer finder
    telefon* nummer* ringe ring mail link hjemmeside koster koste pris* gratis betale kun kvinder mænd mand for som anonym anonymt
    nærmere tæt andre flere mere kort vej vis rute langt plads* ventetid findes idag iaften inat imorgen tidlig
"""
_PHRASES_WITHOUT_SUBJECT = [
    *("om morgenen", "om formiddagen", "om eftermiddagen", "om aftenen", "om natten", "midt om natten", "natten til"),
    *("før midnat", "inden midnat", "efter midnat", "for trans", "for transkvinder", "for transmænd", "for transpersoner"),
    *(phrase for name in LANGUAGES.values() for phrase in (f"der taler {name}", f"der snakker {name}", f"på {name}", f"{name}talende")),
]
_NO_SUBJECT = pattern([*_WITHOUT_SUBJECT.split(), *_PHRASES_WITHOUT_SUBJECT])
_CLOCK = re.compile(r"\b(?:efter|(?:(?:efter|for|inden|omkring) )?kl(?:oken)?) ?\d\d?(?: [0-5]\d)?\b")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class FollowUpDetector(IntentClassifier, GraphComponent):
    """Sets the intent `follow_up`, `elliptic` when the message has no subject of its own, and `alone`: what it means without context."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The probability at which a message means something alone, and what it must be for one without a subject."""
        return {"certainty": 0.35, "elliptic_certainty": 0.8}

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> FollowUpDetector:
        """The component; it has nothing to learn."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Marks the messages that lean on what came before."""
        for message in messages:
            if not (message.get(ALARM) or message.get(LANGUAGE)):
                self._mark(message)
        return messages

    def _mark(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        elliptic = is_elliptic(text)
        if elliptic or _opens_on(text):
            best, confidence = next(iter(ranking_of(message).items()))
            message.set("elliptic", elliptic, add_to_output=True)
            certainty = self._config["elliptic_certainty" if elliptic else "certainty"]
            message.set("alone", best if confidence >= certainty else None, add_to_output=True)
            put_first(message, FOLLOW_UP, 1.0)


def is_elliptic(text: str) -> bool:
    """Whether `text` asks for a place, a time or a price without saying of what."""
    plain = _CLOCK.sub(" ", spelt_plainly(without_area(text)).replace("?", " "))
    return 0 < len(spelt_plainly(text).split()) <= _MOST_WORDS and not _NO_SUBJECT.sub(" ", plain).strip()


def _opens_on(text: str) -> bool:
    plain = spelt_plainly(text)
    return len(plain.split()) <= _MOST_WORDS and _OPENINGS.match(plain) is not None
