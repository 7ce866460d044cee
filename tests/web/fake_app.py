"""The pages with a fake assistant, a few topics and a small real directory."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from aiohttp import web

from bot.directory.store import Directory
from bot.privacy.admission import Admission
from bot.privacy.limits import Clock
from bot.settings import Settings
from bot.topics.content import Content, Library
from bot.topics.model import Fact, InventoryEntry, ServiceQuery, Source, Topic
from bot.web.keys import ADMISSION, ASSISTANT, DIRECTORY, LIBRARY, SETTINGS
from bot.web.routes import add_routes
from tests.web.fake_assistant import GREETING, FakeAssistant

CHECKED = date(2026, 11, 20)


def make_app(
    assistant: FakeAssistant,
    directory: Directory,
    settings: Settings | None = None,
    clock: Clock = time.monotonic,
    topics: Content | None = None,
) -> web.Application:
    """The application as bot.app builds it, with stand-ins for what it holds."""
    settings = settings or Settings()
    app = web.Application(client_max_size=settings.max_body)
    app[ADMISSION] = Admission(settings, clock)
    app[ASSISTANT] = assistant
    app[LIBRARY] = Library(topics or content())
    app[DIRECTORY] = directory
    app[SETTINGS] = settings
    add_routes(app)
    return app


@asynccontextmanager
async def opened_directory(folder: Path) -> AsyncIterator[Directory]:
    """A database in `folder` that holds the places of `tests/web/directory`."""
    directory = Directory(f"sqlite+aiosqlite:///{folder / 'directory.db'}")
    await directory.migrate()
    await directory.seed(Path(__file__).parent / "directory")
    yield directory
    await directory.close()


def content() -> Content:
    """Two topics with a figure, and one of the conversation itself."""
    source = Source(title="Skattestyrelsen", url="https://skat.example/", checked=CHECKED)
    topics = [
        Topic(
            id="skat", area="virksomhed", kind="answer", path=Path("skat.yml"), title="Skat af indtægten",
            examples=("skal jeg betale skat af mine penge", "hvad med b-skat"),
            answer="Du betaler skat af {overskud} om året.\n\nRing 33 66 33 33 <i dag>.",
            follow_ups=("vaerested", "findes_ikke"), sources=(source,),
        ),
        Topic(
            id="vaerested", area="hverdag", kind="lookup", path=Path("vaerested.yml"), title="Et sted at være",
            examples=("hvor kan jeg få varmen",), answer="Her er steder, hvor du kan være.",
            services=ServiceQuery(needs=("samvaer",)), courses=True, sources=(source,),
        ),
        Topic(
            id="hilsen", area="samtale", kind="meta", path=Path("hilsen.yml"), title="Hilsen", examples=("hej",),
            answer=GREETING.text, follow_ups=("vaerested", "findes_ikke"),
        ),
    ]  # fmt: skip
    inventory = {topic.area: {topic.id: InventoryEntry(title=topic.title, kind=topic.kind)} for topic in topics}
    overskud = Fact(label="Overskud", value=54100, unit="kr.", where="skat.example", source=source)
    return Content(Path(), {topic.id: topic for topic in topics}, {"overskud": overskud}, inventory)
