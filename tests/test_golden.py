"""The golden questions: kept out of training, understood well enough, and answered as they ought to be."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from rasa.shared.nlu.training_data.loading import load_data

from actions.directory import close
from bot.dialogue.assistant import Assistant
from bot.dialogue.messages import Message
from bot.dialogue.understanding import as_said
from bot.nlu.evaluation import Judged, report
from bot.settings import ROOT, Settings
from bot.topics.content import load
from bot.topics.text import folded
from bot.topics.yaml_file import plain, read_yaml

GOLDEN = ROOT / "data" / "golden"
STYLES = sorted((GOLDEN / "nlu").glob("*.yml"))
MATTERS = [GOLDEN / f"{name}.yml" for name in ("cries", "languages", "lookalikes", "mixed", "unrelated")]


in_one_loop = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def assistant(model: Path, database_url: str) -> AsyncIterator[Assistant]:
    """One assistant for all these questions; each conversation is its own."""
    assistant = Assistant(Settings(database_url=database_url))
    await assistant.load(model)
    yield assistant
    await close()


def asked(path: Path) -> list[tuple[str, str]]:
    return [(question.get("text"), question.get("intent")) for question in load_data(str(path)).intent_examples]


@pytest.mark.parametrize("path", [*STYLES, *MATTERS], ids=lambda path: path.stem)
def test_no_golden_question_is_trained_on_and_each_has_a_topic(path: Path) -> None:
    topics = load(Settings().data).topics
    trained = {folded(example) for topic in topics.values() for example in topic.examples}
    questions = asked(path)
    assert questions
    assert [text for text, _ in questions if folded(text) in trained] == []
    assert {topic for _, topic in questions} <= topics.keys()


async def judged(assistant: Assistant, *paths: Path) -> list[Judged]:
    found = []
    for text, truth in (question for path in paths for question in asked(path)):
        seen = await assistant.engine.understand(as_said(text))
        found.append(Judged(truth, seen.topic, tuple(topic for topic, _ in seen.ranking)))
    return found


SAFETY = {name for name, topic in load(Settings().data).topics.items() if topic.kind == "safety"}


@in_one_loop
async def test_people_are_understood_in_every_way_of_writing(assistant: Assistant) -> None:
    figures = report(await judged(assistant, *STYLES), SAFETY)
    assert figures.accuracy >= 0.92
    assert figures.top3 >= 0.97


@in_one_loop
async def test_a_cry_for_help_is_heard(assistant: Assistant) -> None:
    figures = report(await judged(assistant, *STYLES, GOLDEN / "cries.yml"), SAFETY)
    assert figures.safety_recall is not None
    assert figures.safety_recall >= 0.97


@in_one_loop
async def test_harmless_messages_raise_no_alarm(assistant: Assistant) -> None:
    for path in ("lookalikes.yml", "unrelated.yml", "mixed.yml"):
        false_alarms = report(await judged(assistant, GOLDEN / path), SAFETY).false_alarms
        assert false_alarms is not None
        assert false_alarms <= 0.05, path


@in_one_loop
async def test_other_languages_are_recognised_and_danish_with_foreign_words_is_not_one(assistant: Assistant) -> None:
    assert report(await judged(assistant, GOLDEN / "languages.yml"), SAFETY).accuracy >= 0.97
    mixed = await judged(assistant, GOLDEN / "mixed.yml")
    assert [one for one in mixed if one.topic == "sprog_tolk" != one.truth] == []


@in_one_loop
async def test_what_no_topic_answers_is_told_from_what_one_does(assistant: Assistant) -> None:
    unrelated = await judged(assistant, GOLDEN / "unrelated.yml")
    assert sum(one.topic == "uden_for_emne" for one in unrelated) >= 0.88 * len(unrelated)
    good = [one for one in await judged(assistant, *STYLES) if one.truth != "uden_for_emne"]
    assert sum(one.topic == "uden_for_emne" for one in good) <= 0.03 * len(good)


ANSWERS = [
    pytest.param(topic, question, id=f"{topic}-{number}")
    for topic, questions in plain(read_yaml(GOLDEN / "answers.yml")).items()
    for number, question in enumerate(questions, start=1)
]


def test_every_topic_has_three_golden_answers() -> None:
    golden = plain(read_yaml(GOLDEN / "answers.yml"))
    assert golden.keys() == load(Settings().data).topics.keys()
    assert [topic for topic, questions in golden.items() if len(questions) < 3] == []


@pytest.mark.parametrize(("topic", "question"), ANSWERS)
@in_one_loop
async def test_a_question_gets_the_answer_it_ought_to(assistant: Assistant, topic: str, question: dict[str, Any]) -> None:
    token, _ = await assistant.open()
    messages = await assistant.reply(token, text=question["ask"])
    assert _topic(messages) == topic
    _holds(messages, question.get("must", ()), question.get("must_not", ()))
    assert set(question.get("services", ())) <= {service["id"] for message in messages for service in message.services}


@pytest.mark.parametrize("dialogue", plain(read_yaml(GOLDEN / "dialogues.yml"))["dialogues"], ids=lambda dialogue: dialogue["name"])
@in_one_loop
async def test_a_conversation_goes_as_it_ought_to(assistant: Assistant, dialogue: dict[str, Any]) -> None:
    token, messages = await assistant.open()
    for turn in dialogue["turns"]:
        payload = _payload(turn["press"], messages) if "press" in turn else ""
        messages = await assistant.reply(token, text=turn.get("say", ""), payload=payload)
        if "topic" in turn:
            assert _topic(messages) == turn["topic"], turn
        _holds(messages, turn.get("says", ()), turn.get("not", ()))
        assert set(turn.get("buttons", ())) <= {button["title"] for message in messages for button in message.buttons}, turn
        assert set(turn.get("services", ())) <= {service["id"] for message in messages for service in message.services}, turn


def _topic(messages: list[Message]) -> str | None:
    return next((message.topic for message in messages if message.topic), None)


def _payload(press: str, messages: list[Message]) -> str:
    """A payload as it stands, or that of the button with this title."""
    shown = {button["title"]: button["payload"] for message in messages for button in message.buttons}
    return press if press.startswith("/") else shown[press]


def _holds(messages: list[Message], must: tuple[str, ...], must_not: tuple[str, ...]) -> None:
    text = "\n\n".join(message.text for message in messages).casefold()
    assert [piece for piece in must if piece.casefold() not in text] == []
    assert [piece for piece in must_not if piece.casefold() in text] == []
