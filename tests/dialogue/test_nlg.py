from datetime import date
from pathlib import Path

import pytest
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.nlg import TopicResponseGenerator
from bot.topics.content import load
from bot.topics.dialogue import domain_of
from tests.topics.conftest import small_content


@pytest.fixture
def generator(tmp_path: Path) -> TopicResponseGenerator:
    generator = TopicResponseGenerator()
    generator.responses = domain_of(load(small_content(tmp_path)))["responses"]
    return generator


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2026, 12, 31), "mere end 50.000 kr."), (date(2027, 1, 1), "50.000 kr. (tal fra 2026, find det nye på skat.dk).")],
)
def test_a_figure_is_told_as_it_stands_on_the_day(generator: TopicResponseGenerator, day: date, told: str) -> None:
    response = generator.told("utter_moms", day)
    assert response is not None
    assert response["text"].endswith(told)


def test_a_conversation_remembers_what_pages_and_later_messages_need(generator: TopicResponseGenerator) -> None:
    response = generator.told("utter_moms", date(2026, 11, 20))
    assert response is not None
    assert {name: response["metadata"][name] for name in ("topic", "title", "kind")} == {"topic": "moms", "title": "Moms", "kind": "answer"}
    assert response["metadata"]["sources"][0]["checked"] == "2026-11-20"
    assert "figures" not in response["metadata"]


async def test_the_second_question_of_one_conversation_stays_out_of_the_others(generator: TopicResponseGenerator) -> None:
    asked_twice = DialogueStateTracker.from_events("a", [UserUttered("…", parse_data={"also": "skat"})])
    asked_once = DialogueStateTracker.from_events("b", [UserUttered("…", parse_data={})])
    first = await generator.generate("utter_vold", asked_twice, "chat")
    second = await generator.generate("utter_vold", asked_once, "chat")
    assert first is not None
    assert second is not None
    assert first["buttons"][1:] == second["buttons"]


async def test_what_the_model_does_not_know_is_not_said(generator: TopicResponseGenerator) -> None:
    assert await generator.generate("utter_findes_ikke", DialogueStateTracker("a", []), "chat") is None
