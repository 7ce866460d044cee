from __future__ import annotations

from datetime import datetime
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.directory.assurance import confirm
from bot.directory.store import Directory
from bot.settings import COPENHAGEN
from bot.web import status
from bot.web.keys import ASSISTANT, DIRECTORY
from tests.directory.conftest import PLAN, entry, written
from tests.web.fake_assistant import FakeAssistant

TODAY = datetime.now(COPENHAGEN).date()


async def test_readiness_tells_how_much_is_confirmed_and_how_much_must_be_checked(tmp_path: Path) -> None:
    directory = Directory(f"sqlite+aiosqlite:///{tmp_path / 'directory.db'}")
    await directory.migrate()
    gone = entry("gone", status="defunct")
    unsure = entry("unsure", confidence="usikker")
    await directory.seed(
        written(tmp_path / "content" / "a.yml", entry("a"), entry("b"), entry("c"), gone, unsure, entry("x@vejviser", PLAN)).parent
    )

    app = web.Application()
    app[ASSISTANT], app[DIRECTORY] = FakeAssistant(), directory
    app.router.add_get("/readyz", status.ready)
    async with TestClient(TestServer(app)) as client:
        before = await (await client.get("/readyz")).json()
        async with directory.session() as session, session.begin():
            await confirm(session, "a", "Rita", TODAY)
        after = await (await client.get("/readyz")).json()
    await directory.close()

    # Two of those that exist, the one nobody is sure of, and the plan without a date remain to be checked.
    assert before == {"status": "ok", "directory": {"services": 3, "confirmed": 0.0, "due": 5}}
    assert after == {"status": "ok", "directory": {"services": 3, "confirmed": 0.333, "due": 4}}
