from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

import actions.course_dates
import actions.directory
import actions.find_services
from bot.settings import COPENHAGEN
from tests.directory.conftest import entry, written

AT = datetime(2026, 11, 20, 12, tzinfo=COPENHAGEN)


@pytest.fixture(autouse=True)
async def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Path]:
    """A small directory that the actions find by the settings, at a frozen moment; its folder."""
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'directory.db'}")
    monkeypatch.setenv("BOT_DATA", str(tmp_path))
    for module in (actions.find_services, actions.course_dates):
        monkeypatch.setattr(module, "now", lambda: AT)
    written(
        tmp_path / "directory" / "a.yml",
        entry("huset", addresses="[{area: Valby}]"),
        entry("haven", addresses="[{area: Amager}]", opening_hours='"24/7"', hours_text="Altid"),
        entry("kontoret", needs="[virksomhed]"),
    )
    await actions.directory.close()  # another test may have left its own open
    yield tmp_path / "directory"
    await actions.directory.close()
