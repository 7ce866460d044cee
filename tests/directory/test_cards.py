from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.directory.files import import_file
from bot.directory.search import ServiceFilter, find_services, next_courses
from bot.directory.store import Directory
from bot.settings import COPENHAGEN
from tests.directory.conftest import COURSE, entry, written

AT = datetime(2026, 11, 20, 12, tzinfo=COPENHAGEN)


@pytest.fixture
def card(directory: Directory, tmp_path: Path) -> Any:
    """A function that gives the card of a service with these fields."""

    async def card(**fields: str) -> dict[str, Any]:
        async with directory.session() as session:
            await import_file(session, written(tmp_path / "a.yml", entry("huset", **fields)))
            return (await find_services(session, ServiceFilter(), AT)).services[0].as_dict()

    return card


async def test_a_service_has_the_fields_of_the_api(card: Any) -> None:
    assert await card(
        phones='[{number: "33 17 33 33", description: Vagten}]',
        addresses="[{address_1: Gaden 1, postal_code: '2500', city: Valby, area: Valby}]",
        opening_hours='"24/7"',
        hours_text="Døgnet rundt",
        url="https://huset.dk",
        anonymous="true",
        for_whom="[kvinder, trans]",
    ) == {
        "id": "huset",
        "name": "Huset",
        "organization": "Foreningen",
        "summary": "Et hus med mad.",
        "address": "Gaden 1, 2500 Valby",
        "area": "Valby",
        "phones": [{"number": "33 17 33 33", "note": "Vagten"}],
        "url": "https://huset.dk",
        "open_now": True,
        "hours_text": "Døgnet rundt.",
        "anonymous": True,
        "free": None,
        "for": ["kvinder", "trans"],
        "checked": "2026-11-20",
    }


async def test_what_is_unknown_is_empty_and_never_closed(card: Any) -> None:
    shown = await card()
    assert {shown[name] for name in ("address", "area", "url", "open_now", "hours_text", "anonymous", "free")} == {None}
    assert shown["phones"] == []


async def test_the_note_comes_after_the_description(card: Any) -> None:
    assert (await card(note="De spørger om CPR"))["summary"] == "Et hus med mad. De spørger om CPR."


async def test_what_is_old_says_so_where_it_stands(card: Any) -> None:
    shown = await card(
        phones='[{number: "112", as_of: 2019}, {number: "114", description: Vagt, as_of: udateret}]',
        addresses="[{address_1: Gaden 1, as_of: 2013}]",
        hours_text="Kl. 7-13",
        hours_as_of="2022",
        confidence="ældre",
        as_of="2021",
    )
    assert [phone["note"] for phone in shown["phones"]] == [
        "(2019, ring eller spørg først)",
        "Vagt (ældre oplysning, ring eller spørg først)",
    ]
    assert shown["address"] == "Gaden 1 (2013, ring eller spørg først)"
    assert shown["hours_text"] == "Kl. 7-13. Oplyst 2022. Ring eller spørg først."
    assert shown["open_now"] is None
    assert shown["summary"] == "Et hus med mad."


async def test_an_old_service_without_hours_is_told_in_its_summary(card: Any) -> None:
    assert (await card(confidence="ældre", as_of="2021"))["summary"] == "Et hus med mad. Oplyst 2021. Ring eller spørg først."


async def test_a_course_has_the_fields_of_the_api(directory: Directory, tmp_path: Path) -> None:
    async with directory.session() as session:
        await import_file(session, written(tmp_path / "a.yml", entry("cvr-1@vejviser", COURSE, location="Rådhuset", status="CANCELLED")))
        (course,) = await next_courses(session, AT)
    assert course.as_dict() == {
        "id": "cvr-1@vejviser",
        "title": "Kursus om CVR",
        "start": "2027-02-03T17:00:00+01:00",
        "end": "2027-02-03T19:30:00+01:00",
        "place": "Rådhuset",
        "organizer": None,
        "signup": None,
        "cancelled": True,
        "checked": "2026-11-20",
    }
