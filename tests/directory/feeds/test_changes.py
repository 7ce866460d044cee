from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.directory.assurance import confirm
from bot.directory.catalogue import Catalogue
from bot.directory.feeds import changes, feeds
from bot.directory.records import CourseRecord, Records, ServiceRecord
from bot.directory.rows import IMPORT, replace
from bot.directory.search import ServiceFilter, find_services, next_courses
from bot.directory.store import Directory
from bot.directory.tables import ChangeRequest, Decision
from bot.settings import COPENHAGEN
from tests.directory.conftest import course, service

NOW = datetime(2026, 11, 20, 12, tzinfo=COPENHAGEN)
PAST = {"dtstart": "2026-11-18 17:00", "dtend": "2026-11-18 19:30"}
UID = "cvr-1@kulturhuset.example"
MAD = ServiceFilter(needs=("mad",))


@pytest.fixture(autouse=True)
async def known_feeds(directory: Directory) -> None:
    async with directory.session() as session, session.begin():
        for name in ("kulturhuset", "foreningen"):
            await feeds.add(session, name, f"https://{name}.example/feed", "hsds")


async def offer(
    directory: Directory,
    services: dict[str, ServiceRecord] | None = None,
    courses: dict[str, CourseRecord] | None = None,
    feed: str = "kulturhuset",
    now: datetime = NOW,
) -> list[ChangeRequest]:
    """What waits after `feed` has offered this; as much as it says."""
    async with directory.session() as session, session.begin():
        count = await changes.ask_for(session, feed, Records(services or {}, courses or {}), now)
        waiting = await changes.pending(session, feed)
    assert len(waiting) == count
    return waiting


async def approve(directory: Directory, *waiting: ChangeRequest) -> Catalogue:
    """The directory after all of `waiting` was approved."""
    async with directory.session() as session, session.begin():
        for change in waiting:
            await changes.approve(session, change.id, "Rita")
    return await directory.catalogue()


async def reject(directory: Directory, change: ChangeRequest) -> None:
    async with directory.session() as session, session.begin():
        await changes.reject(session, change.id, "Rita")


async def put(
    directory: Directory, services: dict[str, ServiceRecord] | None = None, courses: dict[str, CourseRecord] | None = None
) -> None:
    """An editor's own import."""
    async with directory.session() as session, session.begin():
        await replace(session, Records(services or {}, courses or {}), origin=IMPORT)


def told(change: ChangeRequest) -> dict[str, tuple[Any, Any]]:
    return {name: (before, after) for name, before, after in changes.differences(change.before, change.after)}


async def test_what_is_new_waits_and_changes_nothing(directory: Directory) -> None:
    before = await directory.catalogue()
    waiting = await offer(directory, {"huset": service()}, {UID: course()})

    assert [(one.resource, one.resource_id, one.before) for one in waiting] == [("service", "huset", None), ("course", UID, None)]
    assert told(waiting[0])["name"] == (None, "Huset")
    assert await directory.catalogue() == before


async def test_what_is_approved_is_found(directory: Directory) -> None:
    catalogue = await approve(directory, *await offer(directory, {"huset": service()}, {UID: course()}))

    assert [one.id for one in find_services(catalogue, MAD, NOW).services] == ["huset"]
    assert [one.id for one in next_courses(catalogue, NOW)] == [UID]
    assert catalogue.origins == {"huset": "kulturhuset", UID: "kulturhuset"}
    async with directory.session() as session:
        assert await changes.pending(session) == []
        decided = await session.scalars(select(Decision).order_by(Decision.id))
        assert [(one.resource_id, one.last_action_type, one.updated_by) for one in decided] == [
            ("huset", "approve", "Rita"),
            (UID, "approve", "Rita"),
        ]


async def test_the_same_again_asks_for_nothing(directory: Directory) -> None:
    offered = {"huset": service(phones=[{"number": "112"}], addresses=[{"area": "Valby"}], free=True)}, {UID: course()}
    await approve(directory, *await offer(directory, *offered))
    assert await offer(directory, *offered) == []


async def test_another_number_is_one_difference(directory: Directory) -> None:
    await approve(directory, *await offer(directory, {"huset": service(phones=[{"number": "112"}])}))
    (change,) = await offer(directory, {"huset": service(phones=[{"number": "33 17 33 33"}])})

    assert told(change) == {"phones": ([{"number": "112"}], [{"number": "33 17 33 33"}])}
    catalogue = await approve(directory, change)
    assert [phone.number for phone in catalogue.records.services["huset"].phones] == ["33 17 33 33"]


async def test_a_place_that_is_gone_is_to_be_removed(directory: Directory) -> None:
    await approve(directory, *await offer(directory, {"huset": service(), "haven": service("Haven")}))
    (change,) = await offer(directory, {"haven": service("Haven")})

    assert (change.resource_id, change.after) == ("huset", None)
    assert (await approve(directory, change)).records.services.keys() == {"haven"}


async def test_a_coming_course_that_is_gone_is_to_be_cancelled_once(directory: Directory) -> None:
    await approve(directory, *await offer(directory, courses={UID: course(sequence=2)}))
    (change,) = await offer(directory)

    assert told(change) == {"status": (None, "CANCELLED"), "sequence": (2, 3)}
    (card,) = next_courses(await approve(directory, change), NOW)
    assert card.cancelled
    assert await offer(directory) == []


async def test_a_past_course_that_is_gone_stays_as_it_was(directory: Directory) -> None:
    await approve(directory, *await offer(directory, courses={UID: course(**PAST)}))
    assert await offer(directory) == []


async def test_a_course_that_is_on_again_gets_a_number_that_phones_take_for_newer(directory: Directory) -> None:
    offered = {UID: course()}
    await approve(directory, *await offer(directory, courses=offered))
    await approve(directory, *await offer(directory))
    (change,) = await offer(directory, courses=offered)

    assert told(change) == {"status": ("CANCELLED", None), "sequence": (1, 2)}
    await approve(directory, change)
    assert await offer(directory, courses=offered) == []


async def test_a_course_that_was_moved_without_a_new_number_gets_one(directory: Directory) -> None:
    await approve(directory, *await offer(directory, courses={UID: course()}))
    moved = {UID: course(dtstart="2027-02-03 18:00", assured_date="2026-11-21")}
    (change,) = await offer(directory, courses=moved)

    assert told(change) == {
        "dtstart": ("2027-02-03 17:00", "2027-02-03 18:00"),
        "sequence": (None, 1),
        "assured_date": ("2026-11-20", "2026-11-21"),
    }
    await approve(directory, change)
    assert await offer(directory, courses=moved) == []


async def test_a_higher_number_of_the_calendar_s_own_is_taken_over(directory: Directory) -> None:
    await approve(directory, *await offer(directory, courses={UID: course()}))
    (change,) = await offer(directory, courses={UID: course(sequence=7)})
    assert told(change) == {"sequence": (None, 7)}


async def test_the_day_on_which_a_calendar_was_read_is_no_change(directory: Directory) -> None:
    await approve(directory, *await offer(directory, courses={UID: course(assured_date="2026-11-19")}))
    assert await offer(directory, courses={UID: course(assured_date="2026-11-20")}) == []


@pytest.mark.parametrize("other", [{}, {"note": "Ring først."}])
async def test_what_was_rejected_is_asked_again_only_when_the_feed_says_something_else(directory: Directory, other: dict[str, str]) -> None:
    (change,) = await offer(directory, {"huset": service()})
    await reject(directory, change)

    assert await offer(directory, {"huset": service()}) == []
    assert len(await offer(directory, {"huset": service(**other)})) == len(other)
    async with directory.session() as session:
        assert [one.last_action_type for one in await session.scalars(select(Decision))] == ["reject"]
    assert (await directory.catalogue()).records == Records()


async def test_a_course_that_was_rejected_is_not_asked_again_the_next_day(directory: Directory) -> None:
    (change,) = await offer(directory, courses={UID: course(assured_date="2026-11-19")})
    await reject(directory, change)

    assert await offer(directory, courses={UID: course(assured_date="2026-11-20")}) == []
    assert len(await offer(directory, courses={UID: course(assured_date="2026-11-20", location="Haven")})) == 1


async def test_what_was_rejected_and_taken_back_is_asked_when_it_comes_again(directory: Directory) -> None:
    await reject(directory, *await offer(directory, {"huset": service()}))
    assert await offer(directory) == []
    assert len(await offer(directory, {"huset": service()})) == 1


async def test_a_removal_that_was_rejected_is_not_asked_again(directory: Directory) -> None:
    await approve(directory, *await offer(directory, {"huset": service()}))
    await reject(directory, *await offer(directory))
    assert await offer(directory) == []


async def test_what_waits_keeps_its_number_and_no_other_gets_it(directory: Directory) -> None:
    first, second = await offer(directory, {"huset": service(), "stuen": service("Stuen")})
    again = await offer(directory, {"haven": service("Haven"), "stuen": service("Stuen")})

    numbers = {change.resource_id: change.id for change in again}
    assert numbers["stuen"] == second.id
    assert numbers["haven"] not in (first.id, second.id)


async def another_description(directory: Directory) -> None:
    await put(directory, {"huset": service(description="Et andet hus.")}, {})


async def a_confirmation(directory: Directory) -> None:
    async with directory.session() as session, session.begin():
        await confirm(session, "huset", "Rita", NOW.date())


@pytest.mark.parametrize("change_it", [another_description, a_confirmation])
async def test_an_approval_of_what_was_changed_otherwise_is_refused(directory: Directory, change_it: Callable[..., Any]) -> None:
    await approve(directory, *await offer(directory, {"huset": service()}))
    (change,) = await offer(directory, {"huset": service(note="Ring først.")})
    await change_it(directory)
    before = await directory.catalogue()

    with pytest.raises(changes.OutdatedChangeError):
        await approve(directory, change)
    assert await directory.catalogue() == before


async def test_the_same_place_of_two_feeds_can_be_approved_only_once(directory: Directory) -> None:
    (ours,) = await offer(directory, {"huset": service()})
    (theirs,) = await offer(directory, {"huset": service(note="Ring først.")}, feed="foreningen")
    await approve(directory, ours)

    with pytest.raises(changes.OutdatedChangeError):
        await approve(directory, theirs)
    assert (await directory.catalogue()).origins == {"huset": "kulturhuset"}


async def test_a_change_is_decided_once(directory: Directory) -> None:
    first, second = await offer(directory, {"huset": service(), "haven": service("Haven")})
    await approve(directory, first)
    await reject(directory, second)
    for change in (first, second):
        with pytest.raises(changes.NoSuchChangeError):
            await approve(directory, change)
        with pytest.raises(changes.NoSuchChangeError):
            await reject(directory, change)


async def test_a_feed_asks_nothing_about_what_is_from_elsewhere(directory: Directory) -> None:
    await put(directory, {"gaden": service("Gaden")}, {"andet@gaden.example": course()})
    await approve(directory, *await offer(directory, {"haven": service("Haven")}, feed="foreningen"))
    assert await offer(directory) == []


async def test_a_confirmation_outlives_an_unchanged_reading_and_ends_with_a_change(directory: Directory) -> None:
    await approve(directory, *await offer(directory, {"huset": service()}))
    await a_confirmation(directory)

    assert await offer(directory, {"huset": service()}) == []
    (change,) = await offer(directory, {"huset": service(free=True)})
    assert told(change) == {"free": (None, True), "confirmed": ({"by": "Rita", "on": "2026-11-20"}, None)}
    assert (await approve(directory, change)).records.services["huset"].confirmed is None


async def test_the_changes_of_each_feed_are_apart(directory: Directory) -> None:
    await offer(directory, {"huset": service()})
    await offer(directory, {"haven": service("Haven")}, feed="foreningen")
    async with directory.session() as session:
        assert [change.resource_id for change in await changes.pending(session)] == ["huset", "haven"]
        assert [change.resource_id for change in await changes.pending(session, "foreningen")] == ["haven"]


async def test_a_course_under_way_can_still_be_cancelled_and_one_that_is_over_cannot(directory: Directory) -> None:
    end = course().dtend
    await approve(directory, *await offer(directory, courses={UID: course()}))
    assert await offer(directory, now=end) == []
    assert len(await offer(directory, now=end - timedelta(minutes=1))) == 1
