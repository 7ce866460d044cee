"""Turns topics and figures into what Rasa trains on: domain, examples, responses and rules."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, Self

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import read_model_configuration

from bot.topics import content
from bot.topics.dialogue import ABOUT_LANGUAGES, domain_of, rules_of


class _Example(Message):
    """An example that nothing changes: Rasa copies, tidies and fingerprints all of them a dozen times, a quarter of a training."""

    def __deepcopy__(self, _: dict[int, Any]) -> Self:
        return self

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Sets what is not so already; its fingerprint would be forgotten otherwise."""
        if self.get(prop) != info:
            super().set(prop, info, add_to_output)


class TopicImporter(TrainingDataImporter):
    """Reads `data/` and adds it to what stands in `domain.yml`.

    Raises bot.topics.yaml_file.ContentError, with file, line and mend, when a file cannot be used.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        **kwargs: Any,
    ) -> None:
        self._config_file = config_file
        self._domain_path = domain_path
        paths = [training_data_paths] if isinstance(training_data_paths, str) else training_data_paths
        self._content = content.load(Path(paths[0] if paths else "data"))

    def get_config(self) -> dict[str, Any]:
        """The contents of `config.yml`."""
        return dict(read_model_configuration(self._config_file)) if self._config_file else {}

    def get_config_file_for_auto_config(self) -> str | None:
        """The path of `config.yml`."""
        return self._config_file

    def get_domain(self) -> Domain:
        """`domain.yml` with what topics and guides add to it."""
        ours = Domain.from_dict(domain_of(self._content))
        return Domain.load(self._domain_path).merge(ours) if self._domain_path else ours

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """The rules that lead from intents to actions and through the guides."""
        return StoryGraph(YAMLStoryReader().read_from_parsed_yaml({"rules": rules_of(self._content)}))

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Every example, labelled with its topic; danger's phrases as regular expressions; other languages as look-up tables.

        Harmless messages in English are about languages, so that nothing in them sounds like the cries for help in English.
        """
        return TrainingData(
            self._examples,
            regex_features=[{"name": name, "pattern": phrase} for name, topic in self._content.topics.items() for phrase in topic.phrases],
            lookup_tables=[{"name": code, "elements": list(language.examples)} for code, language in self._content.languages.items()],
        )

    @cached_property
    def _examples(self) -> list[Message]:
        """Built once: Rasa asks for them three times over, and each example keeps the fingerprint it is known by."""
        examples = {name: topic.examples for name, topic in self._content.topics.items()}
        if ABOUT_LANGUAGES in examples and (english := self._content.languages.get("en")):
            examples[ABOUT_LANGUAGES] += english.examples
        return [_Example.build(example, name) for name, written in examples.items() for example in written]
