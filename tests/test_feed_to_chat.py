"""What a feed holds is what the chat answers, once somebody has approved it: real model, real directory, real HTTP."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from actions.directory import close, use
from bot.dialogue.assistant import Assistant
from bot.dialogue.messages import Message
from bot.directory.feeds import changes, feeds
from bot.directory.feeds.fetch import Fetcher
from bot.directory.store import Directory
from bot.settings import COPENHAGEN, Settings
from tests.directory.feeds.bodies import PLACE, UID, calendar, meeting, table
from tests.directory.feeds.conftest import HOST, answer, reachable_site

NOW = datetime.now(COPENHAGEN)
SOON = (NOW + timedelta(days=30)).replace(hour=17, minute=0, second=0, microsecond=0)
HOUSE = {
    **PLACE,
    "needs": "mad;bad-toej",
    "area": "Vanløse",
    "opening_hours": "24/7",
    "hours_text": "Altid",
    "assured_date": f"{NOW:%Y-%m-%d}",
}


@pytest.fixture
async def directory(tmp_path: Path, assistant: Assistant) -> AsyncIterator[Directory]:
    """The real places, without dates of courses, where the assistant looks them up."""
    shutil.copytree(Settings().data / "directory", tmp_path / "content", ignore=shutil.ignore_patterns("courses.yml"))
    directory = Directory(f"sqlite+aiosqlite:///{tmp_path / 'directory.db'}")
    await directory.migrate()
    await directory.seed(tmp_path / "content")
    await close()
    use(directory)
    yield directory
    await close()


async def ask(assistant: Assistant, text: str) -> Message:
    token, _ = await assistant.open()
    (message,) = await assistant.reply(token, text=text)
    return message


async def read(directory: Directory, fetcher: Fetcher, feed: str) -> None:
    async with fetcher:
        assert (await feeds.poll(directory, fetcher, feed, datetime.now(COPENHAGEN))).changes == 1


async def approve(directory: Directory) -> None:
    async with directory.session() as session, session.begin():
        (change,) = await changes.pending(session)
        await changes.approve(session, change.id, "Rita")


async def test_a_calendar_tells_when_the_next_course_is(assistant: Assistant, directory: Directory) -> None:
    question = "hvornår er der kursus om cvr"
    async with reachable_site() as (site, fetcher):
        async with directory.session() as session, session.begin():
            await feeds.add(session, "kulturhuset", f"https://{HOST}/kurser.ics", "ics")
        site.pages["/kurser.ics"] = answer(calendar(meeting(SOON)))
        await read(directory, fetcher(), "kulturhuset")
        before = await ask(assistant, question)
        await approve(directory)
        after = await ask(assistant, question)

        site.pages["/kurser.ics"] = answer(calendar(meeting(SOON, STATUS="CANCELLED", SEQUENCE="1")))
        await read(directory, fetcher(), "kulturhuset")
        await approve(directory)
        cancelled = await ask(assistant, question)

    assert (before.topic, before.courses) == ("kursus", ())
    assert "ikke offentliggjort nogen dato" in before.text
    (card,) = after.courses
    assert (card["id"], card["title"], card["place"]) == (UID, "Kursus om CVR", "Kulturhuset")
    assert (card["start"], card["cancelled"]) == (SOON.isoformat(), False)
    assert "ikke offentliggjort nogen dato" not in after.text
    assert [one["cancelled"] for one in cancelled.courses] == [True]


async def test_a_list_of_places_tells_where_to_go_and_whom_to_call(assistant: Assistant, directory: Directory) -> None:
    question = "hvor kan jeg få mad i vanløse"
    async with reachable_site() as (site, fetcher):
        async with directory.session() as session, session.begin():
            await feeds.add(session, "kulturhuset", f"https://{HOST}/steder.csv", "csv")
        site.pages["/steder.csv"] = answer(table(HOUSE), kind="text/csv")
        await read(directory, fetcher(), "kulturhuset")
        before = await ask(assistant, question)
        await approve(directory)
        after = await ask(assistant, question)

        site.pages["/steder.csv"] = answer(table({**HOUSE, "phone": "33 66 33 66"}), kind="text/csv")
        await read(directory, fetcher(), "kulturhuset")
        unread = await ask(assistant, question)
        await approve(directory)
        changed = await ask(assistant, question)

    assert "kulturhuset" not in [service["id"] for service in before.services]
    for message, number in ((after, "33 17 33 33"), (unread, "33 17 33 33"), (changed, "33 66 33 66")):
        (card,) = (service for service in message.services if service["id"] == "kulturhuset")
        assert (card["area"], card["open_now"], card["checked"]) == ("Vanløse", True, HOUSE["assured_date"])
        assert [phone["number"] for phone in card["phones"]] == [number]
        assert "ikke noget i Vanløse" not in message.text
