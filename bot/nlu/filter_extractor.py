"""The Rasa component that finds what narrows a search for places: where, when, for whom."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.directory.areas import area_in, elsewhere_in
from bot.nlu.normalise import fold, normalise

# Held against folded text, where doubled letters are single: «ikke» is «ike».
_FILTERS = {
    "open_now": re.compile(r"\b(?:aben|abent|abne)\b.*\b(?:nu|i nat|i aften|i dag)\b|\blige nu\b|\bnu her\b|\bopen now\b"),
    "women_only": re.compile(r"\b(?:kun|kvinde|for) ?kvinder?\b|\bkvinde(?:sted|herberg|cafe|krisecenter)\b|\bonly women\b"),
    "for_men": re.compile(
        r"\b(?:jeg er (?:en )?(?:hjemlos |ung |trans )?|som |for |til |tager imod )(?:trans)?mand\b|^\w+ mand$|\bmandlig"
    ),
    "without_cpr": re.compile(
        r"\b(?:uden|ike|ingen|intet|no|without)\b(?: \w+){0,2} (?:cpr|sundhedskort|sygesikring|gult kort|gule kort|papirer)"
    ),
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FilterExtractor(GraphComponent, EntityExtractorMixin):
    """Sets the entities `area`, `elsewhere`, `open_now`, `women_only`, `for_men` and `without_cpr`."""

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> FilterExtractor:
        """The component; it has nothing to learn."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities found in each message; offsets span the whole text, since folding moves letters."""
        for message in messages:
            text = message.get(TEXT) or ""
            found = filters_in(text)
            entities = [
                {"entity": name, "value": value, "start": 0, "end": len(text), "extractor": type(self).__name__}
                for name, value in found.items()
            ]
            message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)
        return messages


def filters_in(text: str) -> dict[str, str | bool]:
    """The filters that `text` names: `area` or `elsewhere` with the name of the place, the others true."""
    found: dict[str, str | bool] = {}
    if area := area_in(text):
        found["area"] = area
    elif town := elsewhere_in(text):
        found["elsewhere"] = town
    folded = fold(normalise(text))
    found.update({name: True for name, pattern in _FILTERS.items() if pattern.search(folded)})
    return found
