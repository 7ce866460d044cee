"""The Rasa component that finds what narrows a search for places: where, when, for whom."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.directory.areas import area_in, elsewhere_in
from bot.nlu.filters import terms_in
from bot.nlu.normalise import fold, normalise
from bot.nlu.wanted_time import wanted_in


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FilterExtractor(GraphComponent, EntityExtractorMixin):
    """Sets the entities that `filters_in` finds."""

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
    """The filters that `text` names.

    `area` or `elsewhere`: the name of the place; `when`: a value of `bot.directory.moments`; `spoken`: the ISO 639-1 code of a language;
    `women_only`, `for_men`, `for_trans`, `eu_migrants`, `without_residence`, `without_cpr`, `anonymous` and `free`: true.
    """
    found: dict[str, str | bool] = {}
    if area := area_in(text):
        found["area"] = area
    elif town := elsewhere_in(text):
        found["elsewhere"] = town
    if when := wanted_in(text):
        found["when"] = when
    return found | terms_in(fold(normalise(text)))
