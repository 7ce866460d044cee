from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.directory.records import Records
from bot.directory.rows import replace
from bot.directory.store import Directory
from bot.settings import COPENHAGEN
from bot.topics.model import ServiceQuery
from bot.web import places
from tests.directory.conftest import ALWAYS, course, service

AT = datetime(2026, 11, 20, 12, tzinfo=COPENHAGEN)
HELD = Records(
    {
        **{f"sted-{number}": service(f"Sted {number}") for number in range(6)},
        "aaben": service("Åben", **ALWAYS),
        "baren": service("baren", needs=["jura"], confirmed={"by": "Mette", "on": "2026-11-20"}, assured_date="2026-11-01"),
        "nedlagt": service("Nedlagt", status="defunct"),
        "rygtet": service("Rygtet", confidence="usikker"),
    },
    {f"{day}@v": course(dtstart=f"2027-02-0{day} 17:00", dtend=f"2027-02-0{day} 19:00") for day in range(1, 6)},
)


@pytest.fixture
async def directory(tmp_path: Path) -> AsyncIterator[Directory]:
    directory = Directory(f"sqlite+aiosqlite:///{tmp_path / 'directory.db'}")
    await directory.migrate()
    async with directory.session() as session, session.begin():
        await replace(session, HELD, origin="files")
    yield directory
    await directory.close()


def ids(cards: list[places.Card]) -> list[str]:
    return [card["id"] for card in cards]


async def test_all_that_answer_a_topic_come_in_the_chats_order(directory: Directory) -> None:
    found = await places.that_answer(directory, ServiceQuery(ids=("baren", "nedlagt"), needs=("mad",)), AT)
    assert ids(found) == ["baren", "aaben", *(f"sted-{number}" for number in range(6))]


async def test_every_place_that_exists_stands_by_name(directory: Directory) -> None:
    assert ids(await places.every(directory, AT)) == ["baren", *(f"sted-{number}" for number in range(6)), "aaben"]


async def test_a_place_comes_with_its_source_and_when_somebody_last_looked(directory: Directory) -> None:
    found = await places.one(directory, "baren", AT)
    assert found is not None
    card, sources = found
    assert (card["id"], card["name"], card["checked"]) == ("baren", "baren", "2026-11-20")
    assert sources == [{"title": "Egen side", "url": None, "checked": date(2026, 11, 20)}]


@pytest.mark.parametrize("name", ["nedlagt", "rygtet", "findes-ikke"])
async def test_what_does_not_exist_has_no_page(directory: Directory, name: str) -> None:
    assert await places.one(directory, name, AT) is None


async def test_the_next_courses_come_in_order(directory: Directory) -> None:
    assert ids(await places.courses(directory, AT)) == ["1@v", "2@v", "3@v"]
    assert ids(await places.courses(directory, AT.replace(year=2027, month=2, day=4, hour=18))) == ["4@v", "5@v"]
