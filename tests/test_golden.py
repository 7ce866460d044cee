"""The golden questions are a test of understanding only as long as nobody trains on them."""

from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.loading import load_data

from bot.settings import ROOT, Settings
from bot.topics.content import load
from bot.topics.text import folded

FILES = sorted([*(ROOT / "data" / "golden" / "nlu").glob("*.yml"), ROOT / "data" / "golden" / "lookalikes.yml"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_golden_question_is_trained_on_and_each_has_a_topic(path: Path) -> None:
    topics = load(Settings().data).topics
    trained = {folded(example) for topic in topics.values() for example in topic.examples}
    questions = load_data(str(path)).intent_examples
    assert questions
    assert [question.get("text") for question in questions if folded(question.get("text")) in trained] == []
    assert {question.get("intent") for question in questions} <= topics.keys()
