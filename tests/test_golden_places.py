"""Questions of where and when, through the chat: what the directory says at a frozen moment."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from pydantic import BaseModel, ConfigDict, model_validator

from actions.directory import close, use
from bot.dialogue.assistant import Assistant
from bot.dialogue.messages import Message
from bot.directory.files import read_folder
from bot.directory.store import Directory
from bot.settings import COPENHAGEN, ROOT, Settings
from bot.topics.yaml_file import plain, read_yaml

PLACES = ROOT / "data" / "directory"
INVENTED = ROOT / "tests" / "golden_directory" / "directory"
_CLOCKS = ("directory", "guides", "look_up", "safety", "suggest_topics")

in_one_loop = pytest.mark.asyncio(loop_scope="module")


class Question(BaseModel):
    """An entry of a table; what the fields mean stands at its top. A field left out is not looked at."""

    model_config = ConfigDict(extra="forbid")

    name: str
    at: str
    ask: str | list[str]
    first: str | None = None
    order: list[str] | None = None
    services: list[str] = []
    not_services: list[str] = []
    open: list[str] = []
    closed: list[str] = []
    courses: list[str] | None = None
    cancelled: list[str] = []
    says: list[str] = []
    says_not: list[str] = []

    @model_validator(mode="after")
    def _expects_something(self) -> Question:
        if not (self.first or self.order or self.services or self.courses is not None or self.says):
            raise ValueError("expects nothing that must be shown")
        return self

    @property
    def moment(self) -> datetime:
        """`at` in Copenhagen's time."""
        at = datetime.fromisoformat(self.at)
        return at.astimezone(COPENHAGEN) if at.tzinfo else at.replace(tzinfo=COPENHAGEN)

    @property
    def turns(self) -> list[str]:
        """The messages, in order."""
        return [self.ask] if isinstance(self.ask, str) else self.ask

    @property
    def named(self) -> set[str]:
        """Every service that the entry speaks of."""
        return {*filter(None, [self.first]), *(self.order or ()), *self.services, *self.not_services, *self.open, *self.closed}


def questions(path: Path) -> list[Question]:
    return [Question.model_validate(entry) for entry in plain(read_yaml(path))["questions"]]


REAL = questions(ROOT / "data" / "golden" / "places.yml")
MADE_UP = questions(INVENTED.parent / "questions.yml")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def assistant(model: Path, database_url: str) -> AsyncIterator[Assistant]:
    """One assistant for all these questions; each conversation is its own."""
    assistant = Assistant(Settings(database_url=database_url))
    await assistant.load(model)
    yield assistant
    await close()


@asynccontextmanager
async def opened(folder: Path, database: Path) -> AsyncIterator[Directory]:
    """A directory of what the files of `folder` hold."""
    directory = Directory(f"sqlite+aiosqlite:///{database}")
    await directory.migrate()
    await directory.seed(folder)
    yield directory
    await directory.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def places(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Directory]:
    """The directory that is published."""
    async with opened(PLACES, tmp_path_factory.mktemp("places") / "directory.db") as directory:
        yield directory


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def invented(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Directory]:
    """A directory of invented places with known hours, and of courses."""
    async with opened(INVENTED, tmp_path_factory.mktemp("invented") / "directory.db") as directory:
        yield directory


@pytest.mark.parametrize(("table", "folder", "least"), [(REAL, PLACES, 45), (MADE_UP, INVENTED, 15)], ids=["places", "invented"])
def test_a_table_is_long_enough_and_speaks_of_what_the_directory_holds(table: list[Question], folder: Path, least: int) -> None:
    assert len({question.name for question in table}) == len(table) >= least
    records = read_folder(folder)
    assert {name for question in table for name in question.named} <= records.services.keys()
    assert {uid for question in table for uid in (*(question.courses or ()), *question.cancelled)} <= records.courses.keys()


@pytest.mark.parametrize("question", REAL, ids=lambda question: question.name)
@in_one_loop
async def test_a_question_gets_what_the_directory_says(
    assistant: Assistant, places: Directory, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(places)
    _is_as_it_ought_to_be(await answered(assistant, question, monkeypatch), question)


@pytest.mark.parametrize("question", MADE_UP, ids=lambda question: question.name)
@in_one_loop
async def test_a_question_of_invented_places_gets_what_their_hours_say(
    assistant: Assistant, invented: Directory, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(invented)
    _is_as_it_ought_to_be(await answered(assistant, question, monkeypatch), question)


async def answered(assistant: Assistant, question: Question, monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """The answer to the last message of `question`, asked at its moment in a conversation of its own."""
    for module in _CLOCKS:
        monkeypatch.setattr(f"actions.{module}.now", lambda: question.moment)
    token, messages = await assistant.open()
    for turn in question.turns:
        messages = await assistant.reply(token, text=turn)
    return messages


def _is_as_it_ought_to_be(messages: list[Message], question: Question) -> None:
    services = [card for message in messages for card in message.services]
    courses = [card for message in messages for card in message.courses]
    shown = [card["id"] for card in services]
    if question.first:
        assert shown[:1] == [question.first]
    if question.order is not None:
        assert shown == question.order
    assert {*question.services, *question.open, *question.closed} <= {*shown}
    assert not {*question.not_services} & {*shown}
    assert {card["open_now"] for card in services if card["id"] in question.open} <= {True}
    assert {card["open_now"] for card in services if card["id"] in question.closed} <= {False}
    if question.courses is not None:
        assert [card["id"] for card in courses] == question.courses
        assert [card["id"] for card in courses if card["cancelled"]] == question.cancelled
    text = "\n".join((*(message.text for message in messages), *_words([*services, *courses]))).casefold()
    assert [piece for piece in question.says if piece.casefold() not in text] == []
    assert [piece for piece in question.says_not if piece.casefold() in text] == []


def _words(shown: Any) -> Iterator[str]:
    """Every text in cards, however deep it lies."""
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, Iterable):
        for part in shown.values() if isinstance(shown, dict) else shown:
            yield from _words(part)
