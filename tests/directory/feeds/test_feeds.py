from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime, time, timedelta

import pytest

from bot.directory.feeds import changes, feeds
from bot.directory.feeds.feeds import FeedError, Outcome
from bot.directory.records import Records
from bot.directory.rows import IMPORT, replace
from bot.directory.search import ServiceFilter, find_services, next_courses
from bot.directory.store import Directory
from bot.directory.tables import ChangeRequest, Feed
from bot.settings import COPENHAGEN
from tests.directory.conftest import course, plan, service
from tests.directory.feeds.bodies import PLACE, UID, calendar, meeting, package, table
from tests.directory.feeds.conftest import HOST, Fetchers, Page, Server, answer, then_silence

FEED = f"https://{HOST}/feed"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TYPES = {"csv": "text/csv", "hsds": "application/json", "ics": "text/calendar"}


@pytest.fixture
def tonight() -> datetime:
    """Today, later than whatever the test does to the directory."""
    return datetime.combine(datetime.now(COPENHAGEN).date(), time(23, 59, 59), COPENHAGEN)


@pytest.fixture
def bodies(tonight: datetime) -> dict[str, bytes]:
    """One place, or one course, in each of the kinds of feeds."""
    return {
        "csv": table(PLACE),
        "hsds": package(tonight, kulturhuset=service("Kulturhuset")),
        "ics": calendar(meeting(tonight + 30 * DAY)),
    }


async def add(directory: Directory, kind: str, name: str = "kulturhuset", needs: Iterable[str] = (), for_whom: Iterable[str] = ()) -> None:
    async with directory.session() as session, session.begin():
        await feeds.add(session, name, FEED, kind, [*needs], [*for_whom])


async def read(directory: Directory, fetcher: Fetchers, now: datetime, **how: object) -> Outcome:
    """How reading went, after a look at whether it is told as it was."""
    async with fetcher(**how) as client:
        outcome = await feeds.poll(directory, client, "kulturhuset", now)
    assert (outcome.error is None) == ((await state(directory)).failures == 0)
    return outcome


async def state(directory: Directory) -> Feed:
    async with directory.session() as session:
        (feed,) = await feeds.listed(session)
    return feed


async def waiting(directory: Directory) -> list[ChangeRequest]:
    async with directory.session() as session:
        return await changes.pending(session)


async def approve_all(directory: Directory) -> None:
    async with directory.session() as session, session.begin():
        for change in await changes.pending(session):
            await changes.approve(session, change.id, "Rita")


async def claimed(directory: Directory, now: datetime) -> str | None:
    async with directory.session() as session, session.begin():
        return await feeds.claim(session, now)


@pytest.mark.parametrize("kind", ["csv", "hsds", "ics"])
async def test_what_a_feed_holds_waits_until_somebody_approves(
    directory: Directory, site: Server, fetcher: Fetchers, bodies: dict[str, bytes], tonight: datetime, kind: str
) -> None:
    await add(directory, kind)
    site.pages["/feed"] = answer(bodies[kind], kind=TYPES[kind])
    before = await directory.catalogue()

    assert await read(directory, fetcher, tonight) == Outcome("kulturhuset", changes=1)
    assert await directory.catalogue() == before

    await approve_all(directory)
    catalogue = await directory.catalogue()
    found = [one.id for one in find_services(catalogue, ServiceFilter(needs=("mad",)), tonight).services]
    assert found + [one.id for one in next_courses(catalogue, tonight)] == [UID if kind == "ics" else "kulturhuset"]
    assert [*catalogue.origins.values()] == ["kulturhuset"]
    assert await read(directory, fetcher, tonight) == Outcome("kulturhuset", changes=0)


async def test_every_row_says_where_it_was_fetched_and_when(
    directory: Directory, site: Server, fetcher: Fetchers, bodies: dict[str, bytes], tonight: datetime
) -> None:
    await add(directory, "ics")
    site.pages["/feed"] = answer(bodies["ics"])
    await read(directory, fetcher, tonight)
    await approve_all(directory)

    held = (await directory.catalogue()).records.courses[UID]
    assert (held.source.title, held.source.url) == (f"Hentet fra {HOST}", FEED)
    assert held.assured_date == tonight.date()
    assert (await state(directory)).fetched_at == tonight


async def test_needs_and_whom_come_from_the_admin_where_the_feed_has_none(
    directory: Directory, site: Server, fetcher: Fetchers, tonight: datetime
) -> None:
    await add(directory, "csv", needs=["jura"], for_whom=["kvinder"])
    site.pages["/feed"] = answer(table({**PLACE, "needs": "", "for_whom": ""}))
    await read(directory, fetcher, tonight)

    (change,) = await waiting(directory)
    assert change.after is not None
    assert (change.after["needs"], change.after["for_whom"]) == (["jura"], ["kvinder"])


async def test_what_a_calendar_holds_that_is_no_course_is_told(
    directory: Directory, site: Server, fetcher: Fetchers, tonight: datetime
) -> None:
    await add(directory, "ics")
    site.pages["/feed"] = answer(calendar(meeting(tonight + 30 * DAY), meeting(tonight + 30 * DAY, "b@x.example", STATUS="TENTATIVE")))

    outcome = await read(directory, fetcher, tonight)
    assert outcome.changes == 1
    assert [str(problem) for problem in outcome.left_out] == ["kulturhuset:10: b@x.example: er kun foreløbig (TENTATIVE)"]


async def test_progress_is_told(directory: Directory, site: Server, fetcher: Fetchers, bodies: dict[str, bytes], tonight: datetime) -> None:
    await add(directory, "csv")
    site.pages["/feed"] = answer(bodies["csv"])
    told: list[tuple[int, int | None]] = []

    async with fetcher() as client:
        await feeds.poll(directory, client, "kulturhuset", tonight, on_progress=lambda *progress: told.append(progress))
    assert told[-1] == (len(bodies["csv"]), len(bodies["csv"]))


def unless_known(body: bytes, site: Server, etag: str) -> Page:
    """`body`, or 304 to whoever has it already."""

    async def page(writer: asyncio.StreamWriter) -> None:
        known = site.requests[-1].headers.get("If-None-Match") == etag
        writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode() if known else answer(body, ETag=etag))
        await writer.drain()

    return page


async def test_an_unchanged_feed_is_not_read_again_and_leaves_what_waits(
    directory: Directory, site: Server, fetcher: Fetchers, bodies: dict[str, bytes], tonight: datetime
) -> None:
    await add(directory, "csv")
    site.pages["/feed"] = unless_known(bodies["csv"], site, '"1"')
    await read(directory, fetcher, tonight)
    (change,) = await waiting(directory)

    assert await read(directory, fetcher, tonight) == Outcome("kulturhuset", changes=None)
    assert [one.id for one in await waiting(directory)] == [change.id]
    assert (await state(directory)).etag == '"1"'


async def test_another_day_reads_an_unchanged_calendar_anew(
    directory: Directory, site: Server, fetcher: Fetchers, tonight: datetime
) -> None:
    every_week = calendar(meeting(tonight - 400 * DAY, RRULE="FREQ=WEEKLY"))
    await add(directory, "ics")
    site.pages["/feed"] = unless_known(every_week, site, '"1"')
    await read(directory, fetcher, tonight - 7 * DAY)
    await approve_all(directory)

    assert (await read(directory, fetcher, tonight)).changes == 1


async def test_what_could_not_be_approved_is_asked_anew_of_an_unchanged_feed(
    directory: Directory, site: Server, fetcher: Fetchers, bodies: dict[str, bytes]
) -> None:
    midnight = datetime.combine(datetime.now(COPENHAGEN).date(), time(), COPENHAGEN)
    await add(directory, "csv")
    site.pages["/feed"] = unless_known(bodies["csv"], site, '"1"')
    await read(directory, fetcher, midnight)
    await approve_all(directory)
    site.pages["/feed"] = unless_known(table({**PLACE, "note": "Ring først."}), site, '"2"')
    await read(directory, fetcher, midnight)
    (outdated,) = await waiting(directory)
    async with directory.session() as session, session.begin():
        held = (await directory.catalogue()).records.services["kulturhuset"]
        await replace(session, Records({"kulturhuset": held.model_copy(update={"free": True})}), origin="kulturhuset")
    with pytest.raises(changes.OutdatedChangeError):
        await approve_all(directory)

    await read(directory, fetcher, midnight)
    (change,) = await waiting(directory)
    assert change.id != outdated.id
    await approve_all(directory)
    assert (await directory.catalogue()).records.services["kulturhuset"].note == "Ring først."


BROKEN = [
    ("ics", answer(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", ETag='"broken"'), "kulturhuset:2: kalenderen er skåret over"),
    ("hsds", answer(b'{"contents": [', kind="application/json", ETag='"broken"'), "kulturhuset:1: JSON kan ikke læses"),
    ("csv", answer(b"nama\nKulturhuset\n", ETag='"broken"'), "kulturhuset:1: nama: ukendt kolonne; mente du «name»?"),
    ("csv", answer(table({**PLACE, "phone": "12"}), ETag='"broken"'), "kulturhuset:2: phone: er ikke et telefonnummer"),
    ("csv", answer(b"<html>", kind="text/html", ETag='"broken"'), "giver noget andet end en kalender, JSON eller CSV"),
    ("csv", then_silence(b""), "svarede ikke i tide"),
    ("csv", then_silence(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\nname"), "svarede ikke i tide"),
    ("csv", answer(b"", "500 Internal Server Error"), "har en fejl (500)"),
    ("csv", answer(b"", "404 Not Found"), "Adressen findes ikke"),
]


@pytest.mark.parametrize(("kind", "broken", "told"), BROKEN)
async def test_a_feed_that_cannot_be_used_leaves_all_as_it_was_and_says_why(
    directory: Directory, site: Server, fetcher: Fetchers, bodies: dict[str, bytes], tonight: datetime, kind: str, broken: Page, told: str
) -> None:
    await add(directory, kind)
    site.pages["/feed"] = answer(bodies[kind], kind=TYPES[kind], ETag='"good"')
    await read(directory, fetcher, tonight)
    before, asked = await directory.catalogue(), [change.id for change in await waiting(directory)]

    site.pages["/feed"] = broken
    for failures in (1, 2):
        # Only who is silent is to be too slow, however busy this machine is.
        outcome = await read(directory, fetcher, tonight, **({"read_timeout": 0.2} if callable(broken) else {}))
        assert told in str(outcome.error)
        feed = await state(directory)
        assert (feed.failures, feed.error, feed.etag, feed.fetched_at) == (failures, outcome.error, '"good"', tonight)
        assert feed.next_try is not None
        assert tonight <= feed.next_try <= tonight + 5 * failures * timedelta(minutes=1)
    assert await directory.catalogue() == before
    assert [change.id for change in await waiting(directory)] == asked

    site.pages["/feed"] = unless_known(bodies[kind], site, '"good"')
    await read(directory, fetcher, tonight)
    assert (await state(directory)).error is None


async def test_a_feed_that_never_went_well_has_nothing_to_come_back_to(
    directory: Directory, site: Server, fetcher: Fetchers, tonight: datetime
) -> None:
    await add(directory, "csv")
    site.pages["/feed"] = answer(b"nama\n", ETag='"broken"')
    await read(directory, fetcher, tonight)
    await read(directory, fetcher, tonight)

    assert "If-None-Match" not in site.requests[-1].headers
    assert (await state(directory)).fetched_at is None


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("csv", "kulturhuset:2: id: kulturhuset findes allerede fra en anden kilde"),
        ("hsds", "kulturhuset findes allerede fra en anden kilde"),
        ("ics", f"kulturhuset:1: {UID}: kurset findes allerede fra en anden kilde"),
    ],
)
async def test_what_is_from_elsewhere_is_not_taken_over(
    directory: Directory, site: Server, fetcher: Fetchers, bodies: dict[str, bytes], tonight: datetime, kind: str, told: str
) -> None:
    async with directory.session() as session, session.begin():
        await replace(session, Records({"kulturhuset": service()}, {UID: course()}), origin=IMPORT)
    await add(directory, kind)
    site.pages["/feed"] = answer(bodies[kind], kind=TYPES[kind])

    assert told in str((await read(directory, fetcher, tonight)).error)
    assert await waiting(directory) == []


async def test_a_course_cannot_take_the_place_of_a_plan(
    directory: Directory, site: Server, fetcher: Fetchers, bodies: dict[str, bytes], tonight: datetime
) -> None:
    async with directory.session() as session, session.begin():
        await replace(session, Records(plans={UID: plan()}), origin=IMPORT)
    await add(directory, "ics")
    site.pages["/feed"] = answer(bodies["ics"])
    assert "fra en anden kilde" in str((await read(directory, fetcher, tonight)).error)


async def test_a_feed_that_is_not_there_cannot_be_read(directory: Directory, fetcher: Fetchers, tonight: datetime) -> None:
    async with fetcher() as client:
        with pytest.raises(FeedError, match="der er ingen kilde, der hedder kulturhuset"):
            await feeds.poll(directory, client, "kulturhuset", tonight)


async def test_a_feed_is_read_again_after_the_interval(
    directory: Directory, site: Server, fetcher: Fetchers, bodies: dict[str, bytes], tonight: datetime
) -> None:
    await add(directory, "csv")
    assert await claimed(directory, tonight) == "kulturhuset"
    site.pages["/feed"] = answer(bodies["csv"])
    async with fetcher() as client:
        await feeds.poll(directory, client, "kulturhuset", tonight, 2 * HOUR)

    assert await claimed(directory, tonight + 2 * HOUR - timedelta(seconds=1)) is None
    assert await claimed(directory, tonight + 2.2 * HOUR) == "kulturhuset"


async def test_a_server_that_asks_us_to_wait_is_left_alone_that_long(
    directory: Directory, site: Server, fetcher: Fetchers, tonight: datetime
) -> None:
    await add(directory, "csv")
    site.pages["/feed"] = answer(b"", "503 Service Unavailable", Retry_After="7200")
    await read(directory, fetcher, tonight)

    assert await claimed(directory, tonight + 2 * HOUR - timedelta(seconds=1)) is None
    assert await claimed(directory, tonight + 2 * HOUR) == "kulturhuset"


async def test_servers_that_share_a_database_read_each_feed_once(directory: Directory, url: str, tonight: datetime) -> None:
    for name in ("a", "b", "c"):
        await add(directory, "csv", name)
    other = Directory(url)
    won = await asyncio.gather(*(claimed(one, tonight) for one in (directory, other) * 6))
    rest = [await claimed(other, tonight) for _ in range(4)]
    await other.close()

    assert sorted(filter(None, [*won, *rest])) == ["a", "b", "c"]


async def test_what_a_server_that_died_was_reading_is_read_by_another(directory: Directory, tonight: datetime) -> None:
    await add(directory, "csv")
    assert await claimed(directory, tonight) == "kulturhuset"
    assert await claimed(directory, tonight + timedelta(minutes=4)) is None
    assert await claimed(directory, tonight + timedelta(minutes=5)) == "kulturhuset"


async def test_feeds_that_were_never_read_come_first(directory: Directory, tonight: datetime) -> None:
    await add(directory, "csv", "a")
    await claimed(directory, tonight - HOUR)
    await add(directory, "csv", "b")
    assert [await claimed(directory, tonight) for _ in range(3)] == ["b", "a", None]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        *(({"name": name}, "et navn skrives med små bogstaver") for name in ("", "Kulturhuset", "kultur huset", "å", "-a", "a" * 71)),
        *(({"name": name}, "et navn skrives med små bogstaver") for name in ("files", "import")),
        ({"url": "http://feeds.example/feed"}, "skal begynde med https://"),
        ({"url": "feeds.example"}, "skal begynde med https://"),
        ({"url": "https://"}, "mangler et navn"),
        ({"url": "https://[/"}, "kan ikke læses"),
        *(({"url": f"https://{host}/"}, "internt netværk") for host in ("127.0.0.1", "10.0.0.1", "[::1]", "169.254.169.254", "100.64.0.1")),
        ({"url": "https://rita:hemmelig@feeds.example/"}, "brugernavn eller en adgangskode"),
        ({"url": "https://feeds.example:8443/"}, "portnummeret 8443"),
        ({"needs": ["kage", "mad"]}, "ukendte ord: kage; skriv behov som livsfare, akut"),
        ({"for_whom": ["naboer"]}, "ukendte ord: naboer"),
    ],
)
async def test_an_admin_is_told_what_cannot_be_a_feed(directory: Directory, wrong: dict[str, str], told: str) -> None:
    async with directory.session() as session:
        with pytest.raises(FeedError, match=told) as caught:
            await feeds.add(session, **{"name": "kulturhuset", "url": FEED, "kind": "csv", **wrong})
        assert "hemmelig" not in str(caught.value)
        assert await feeds.listed(session) == []


async def test_a_new_address_begins_anew(
    directory: Directory, site: Server, fetcher: Fetchers, bodies: dict[str, bytes], tonight: datetime
) -> None:
    await add(directory, "csv")
    site.pages["/feed"] = answer(bodies["csv"], ETag='"1"')
    await read(directory, fetcher, tonight)
    await add(directory, "csv")

    assert await claimed(directory, tonight) == "kulturhuset"
    await read(directory, fetcher, tonight)
    assert "If-None-Match" not in site.requests[-1].headers


async def test_what_was_approved_outlives_its_feed_and_what_waits_does_not(
    directory: Directory, site: Server, fetcher: Fetchers, bodies: dict[str, bytes], tonight: datetime
) -> None:
    await add(directory, "csv")
    site.pages["/feed"] = answer(bodies["csv"])
    await read(directory, fetcher, tonight)
    await approve_all(directory)
    site.pages["/feed"] = answer(table(PLACE, {**PLACE, "name": "Haven"}))
    await read(directory, fetcher, tonight)
    async with directory.session() as session, session.begin():
        await feeds.drop(session, "kulturhuset")

    assert await waiting(directory) == []
    assert (await directory.catalogue()).records.services.keys() == {"kulturhuset"}
    async with directory.session() as session:
        with pytest.raises(FeedError):
            await feeds.drop(session, "kulturhuset")
