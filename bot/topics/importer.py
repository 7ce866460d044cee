"""Turns topics and figures into what Rasa trains on: domain, examples, responses and rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import read_model_configuration

from bot.topics import content
from bot.topics.answer import figures_in
from bot.topics.content import Content
from bot.topics.model import Topic

FALLBACK_ACTION = "action_suggest_topics"


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
        """`domain.yml` with an intent and a response for each topic."""
        topics = Domain.from_dict(
            {
                "version": "3.1",
                "intents": list(self._content.topics),
                "responses": {f"utter_{name}": [response(topic, self._content)] for name, topic in self._content.topics.items()},
            }
        )
        return Domain.load(self._domain_path).merge(topics) if self._domain_path else topics

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """One rule a topic: its intent leads to its action."""
        steps = {name: action(topic) for name, topic in self._content.topics.items()}
        rules = [{"rule": name, "steps": [{"intent": name}, {"action": action}]} for name, action in steps.items()]
        rules.append({"rule": "not understood", "steps": [{"intent": "nlu_fallback"}, {"action": FALLBACK_ACTION}]})
        return StoryGraph(YAMLStoryReader().read_from_parsed_yaml({"rules": rules}))

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Every example, labelled with its topic."""
        return TrainingData([Message.build(example, name) for name, topic in self._content.topics.items() for example in topic.examples])


def action(topic: Topic) -> str:
    """The Rasa action that answers `topic`."""
    if topic.courses:
        return "action_course_dates"
    return "action_find_services" if topic.services else f"utter_{topic.id}"


def response(topic: Topic, content: Content) -> dict[str, Any]:
    """The Rasa response of `topic`; its metadata holds what the text alone does not tell.

    Figures stay as `{name}` in the text and travel in the metadata: they are told as they stand on the day of the answer.
    """
    return {
        "text": topic.answer,
        "buttons": [{"title": content.topics[name].title, "payload": f"/{name}"} for name in topic.follow_ups if name in content.topics],
        "metadata": {
            "topic": topic.id,
            "title": topic.title,
            "kind": topic.kind,
            "figures": {name: content.facts[name].model_dump(mode="json") for name in figures_in(topic.answer)},
            "services": topic.services.model_dump(mode="json") if topic.services else None,
            "courses": topic.courses,
            "sources": [source.model_dump(mode="json") for source in topic.sources],
        },
    }
