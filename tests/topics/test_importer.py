from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT

from bot.settings import ROOT
from bot.topics.importer import TopicImporter
from bot.topics.yaml_file import ContentError
from tests.topics.conftest import changed


def test_examples_are_labelled_with_their_topic(data: Path) -> None:
    examples = TopicImporter(training_data_paths=str(data)).get_nlu_data().intent_examples
    assert {example.get("text"): example.get(INTENT) for example in examples}["moms nummer 3"] == "moms"
    assert len(examples) == 180


def test_phrases_of_danger_and_other_languages_come_along_by_name(data: Path) -> None:
    learnt = TopicImporter(training_data_paths=[str(data)]).get_nlu_data()
    assert {(feature["name"], feature["pattern"]) for feature in learnt.regex_features} == {
        ("vold", "han slår mig"),
        ("vold", "han * truer"),
    }
    assert [table["name"] for table in learnt.lookup_tables] == ["en", "pl"]
    assert learnt.lookup_tables[1]["elements"] == [f"dzień dobry {number}" for number in range(20)]


def test_topics_and_guides_are_added_to_the_projects_domain(data: Path) -> None:
    domain = TopicImporter(domain_path=str(ROOT / "domain.yml"), training_data_paths=str(data)).get_domain()
    assert {"moms", "guide_moms", "follow_up", "choose"} <= set(domain.intents)
    assert {"utter_vold_now", "utter_not_understood"} <= domain.responses.keys()
    assert {"moms_salg", "minor"} <= {slot.name for slot in domain.slots}


def test_broken_content_is_not_imported(data: Path) -> None:
    with pytest.raises(ContentError, match=r"moms.yml:1: title"):
        TopicImporter(training_data_paths=str(changed(data, "topics/virksomhed/moms.yml", "title: Moms\n", "")))
