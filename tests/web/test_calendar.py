from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from unittest.mock import patch

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.directory.catalogue import Catalogue
from bot.directory.ical.write import calendar_bytes
from bot.directory.records import CourseRecord, Records
from bot.web.calendar import CourseCalendar
from bot.web.keys import DIRECTORY
from bot.web.problems import refuse_kindly

Client = TestClient[Any, Any]
CHANGED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ADDRESSES = ["/kurser.ics", "/kurser/cvr-1@vejviser.ics"]


def course(**fields: str) -> CourseRecord:
    given = {"dtstart": "2027-02-03 17:00", "dtend": "2027-02-03 19:30", "source": {"title": "Egen side"}, "assured_date": "2026-11-20"}
    return CourseRecord.model_validate({"summary": "CVR for sexarbejdere", **given, **fields})


class HeldDirectory:
    """A directory that holds what a test puts into it."""

    def __init__(self) -> None:
        self.held = Catalogue()
        self.put({"cvr-1@vejviser": course()}, CHANGED)

    def put(self, courses: dict[str, CourseRecord], changed: datetime) -> None:
        """Changes the courses, at `changed`."""
        modified = {uid: self.held.modified[uid] if self.held.records.courses.get(uid) == one else changed for uid, one in courses.items()}
        self.held = Catalogue(Records(courses=courses), self.held.revision + 1, changed, modified)

    async def catalogue(self) -> Catalogue:
        return self.held


@pytest.fixture
def directory() -> HeldDirectory:
    return HeldDirectory()


@pytest.fixture
async def client(directory: HeldDirectory) -> AsyncIterator[Client]:
    app = web.Application(middlewares=[refuse_kindly])
    app[DIRECTORY] = directory
    CourseCalendar().add_to(app)
    async with TestClient(TestServer(app)) as client:
        yield client


async def asked(client: Client, path: str = "/kurser.ics", **headers: str) -> ClientResponse:
    response = await client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    await response.read()
    return response


@pytest.mark.parametrize("path", ADDRESSES)
async def test_a_calendar_comes_with_what_tells_whether_it_has_changed(client: Client, path: str) -> None:
    response = await asked(client, path)
    body = await response.read()

    assert response.status == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["ETag"] == f'"{hashlib.sha256(body).hexdigest()}"'
    assert response.headers["Last-Modified"] == "Fri, 20 Nov 2026 09:30:00 GMT"
    assert response.headers["Cache-Control"] == "public, max-age=300, must-revalidate"
    assert body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"UID:cvr-1@vejviser\r\n" in body


async def test_one_course_is_downloaded_under_a_name_that_tells_nothing(client: Client, directory: HeldDirectory) -> None:
    directory.put({"cvr-1@vejviser": course(), "cvr-2@vejviser": course(dtstart="2027-02-03 18:00")}, CHANGED)
    response = await asked(client, "/kurser/cvr-2@vejviser.ics")

    assert response.headers["Content-Disposition"] == 'attachment; filename="kursus.ics"'
    body = await response.text()
    assert ("UID:cvr-2@vejviser" in body, "UID:cvr-1@vejviser" in body, "sexarbejdere" in body) == (True, False, False)


async def test_a_course_that_is_not_there_is_not_found(client: Client) -> None:
    response = await asked(client, "/kurser/cvr-9@vejviser.ics")

    assert response.status == 404
    assert (await response.json())["title"] == "Kurset findes ikke."


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("told", ["{tag}", "W/{tag}", '"other", W/"more",{tag}', "*", " * ", '"a,b" , {tag}'])
async def test_a_client_that_has_it_gets_no_bytes_but_the_same_validators(client: Client, path: str, told: str) -> None:
    first = await asked(client, path)
    again = await asked(client, path, If_None_Match=told.format(tag=first.headers["ETag"]))

    assert (again.status, await again.read()) == (304, b"")
    for name in ("ETag", "Last-Modified", "Cache-Control"):
        assert again.headers[name] == first.headers[name]
    assert "Content-Type" not in again.headers


async def test_tags_may_stand_on_several_header_lines(client: Client) -> None:
    tag = (await asked(client)).headers["ETag"]
    response = await client.get("/kurser.ics", headers=[("If-None-Match", '"other"'), ("If-None-Match", tag)])

    assert response.status == 304


@pytest.mark.parametrize("told", ['"other"', "{bare}", '"*"', "", '"{bare}x"', '"{bare}'])
async def test_another_tag_brings_the_bytes_whatever_the_date(client: Client, told: str) -> None:
    bare = (await asked(client)).headers["ETag"].strip('"')
    tomorrow = format_datetime(CHANGED + timedelta(days=1), usegmt=True)
    response = await asked(client, If_None_Match=told.format(bare=bare), If_Modified_Since=tomorrow)

    assert response.status == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Fri, 20 Nov 2026 09:30:00 GMT", 304),
        ("Sat, 21 Nov 2026 00:00:00 GMT", 304),
        ("Fri, 20 Nov 2026 09:29:59 GMT", 200),
        ("Thu, 31 Dec 2020 23:59:59 GMT", 200),
        ("Friday, 20-Nov-26 09:30:00 GMT", 304),
        ("Fri Nov 20 09:30:00 2026", 304),
        ("i går", 200),
        ("Fri, 99 Nov 2026 09:30:00 GMT", 200),
        ("", 200),
    ],
)
async def test_a_date_is_read_as_a_date(client: Client, since: str, status: int) -> None:
    assert (await asked(client, If_Modified_Since=since)).status == status


async def test_a_date_holds_though_changes_are_kept_more_finely(client: Client, directory: HeldDirectory) -> None:
    directory.put({"b@x": course()}, CHANGED + timedelta(microseconds=900_000))
    last = (await asked(client)).headers["Last-Modified"]

    assert parsedate_to_datetime(last) == CHANGED
    assert (await asked(client, If_Modified_Since=last)).status == 304


@pytest.mark.parametrize("path", ADDRESSES)
async def test_head_tells_what_get_would(client: Client, path: str) -> None:
    get = await asked(client, path)
    head = await client.head(path)
    known = await client.head(path, headers={"If-None-Match": get.headers["ETag"]})

    assert (head.status, await head.read(), known.status) == (200, b"", 304)
    for name in ("ETag", "Last-Modified", "Cache-Control", "Content-Type", "Content-Length"):
        assert head.headers[name] == get.headers[name]


async def test_a_cancelled_course_changes_the_calendar_for_those_who_have_it(client: Client, directory: HeldDirectory) -> None:
    first = await asked(client)
    directory.put({"cvr-1@vejviser": course(status="CANCELLED")}, CHANGED + timedelta(hours=1))
    validators = {"If_None_Match": first.headers["ETag"], "If_Modified_Since": first.headers["Last-Modified"]}

    for name, value in validators.items():
        response = await asked(client, **{name: value})
        assert response.status == 200
        assert "STATUS:CANCELLED" in await response.text()
        assert response.headers["Last-Modified"] == "Fri, 20 Nov 2026 10:30:00 GMT"


async def test_a_course_that_was_taken_out_is_gone_for_those_who_have_the_calendar(client: Client, directory: HeldDirectory) -> None:
    first = await asked(client)
    directory.put({}, CHANGED + timedelta(hours=1))
    validators = {"If_None_Match": first.headers["ETag"], "If_Modified_Since": first.headers["Last-Modified"]}

    for name, value in validators.items():
        response = await asked(client, **{name: value})
        assert response.status == 200
        assert "VEVENT" not in await response.text()


async def test_the_calendar_is_the_same_for_everybody_until_the_directory_changes(client: Client, directory: HeldDirectory) -> None:
    one = await asked(client, User_Agent="iOS/20 dataaccessd", Accept="text/calendar", Accept_Language="da", Accept_Encoding="gzip")
    directory.put(directory.held.records.courses, CHANGED + timedelta(days=1))
    other = await asked(client, User_Agent="Google-Calendar-Importer", Cookie="a=b")

    assert await one.read() == await other.read()
    assert one.headers["ETag"] == other.headers["ETag"]
    for name in ("Vary", "Set-Cookie", "Content-Encoding"):
        assert name not in one.headers


async def test_the_bytes_are_made_once_for_each_revision(client: Client, directory: HeldDirectory) -> None:
    with patch("bot.web.calendar.calendar_bytes", wraps=calendar_bytes) as made:
        for _ in range(3):
            await asked(client)
        directory.put({}, CHANGED)
        await asked(client)

    assert made.call_count == 2
