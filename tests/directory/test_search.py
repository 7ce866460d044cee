from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory.files import import_file
from bot.directory.search import Found, ServiceFilter, find_services, next_courses
from bot.directory.store import Directory
from bot.settings import COPENHAGEN
from tests.directory.conftest import COURSE, entry, written

FRIDAY_NOON = datetime(2026, 11, 20, 12, tzinfo=COPENHAGEN)
OPEN = {"opening_hours": "Mo-Fr 10:00-15:00", "hours_text": "Hverdage kl. 10-15"}
CLOSED = {"opening_hours": "Mo-Fr 16:00-20:00", "hours_text": "Hverdage kl. 16-20"}


@pytest.fixture
async def session(directory: Directory) -> AsyncIterator[AsyncSession]:
    async with directory.session() as session:
        yield session


@pytest.fixture
async def services(session: AsyncSession, tmp_path: Path) -> None:
    """Six places with food: open, near (Valby), unknown, closed, for women, and a line for children; one without food."""
    path = written(
        tmp_path / "a.yml",
        entry("lukket", name="Lukket", **CLOSED, addresses="[{area: Valby}]"),
        entry("ukendt", name="Ukendt", addresses="[{area: Amager}]"),
        entry("naer", addresses="[{area: Valby}]", name="Nær", needs="[mad, bad]"),
        entry("aaben", name="Åben", **OPEN, addresses="[{area: Amager}]", anonymous="true"),
        entry("boern", name="Børn", **OPEN, maximum_age="17", for_whom="[unge]", phones='[{number: "116 111"}]'),
        entry("kvinder", name="Kvinder", for_whom="[kvinder, trans]", cpr_required="false", addresses="[{area: Vanløse}]"),
        entry("jura", needs="[jura]"),
        entry("nedlagt", status="defunct"),
    )
    await import_file(session, path)


def ids(found: Found) -> list[str]:
    return [service.id for service in found.services]


@pytest.mark.usefixtures("services")
class TestSearch:
    async def test_open_ones_come_first_then_unknown_then_closed_and_childrens_last(self, session: AsyncSession) -> None:
        found = await find_services(session, ServiceFilter(needs=["mad"], limit=None), FRIDAY_NOON)
        assert ids(found) == ["aaben", "kvinder", "naer", "ukendt", "lukket", "boern"]
        assert not found.relaxed

    async def test_children_who_ask_get_their_line(self, session: AsyncSession) -> None:
        assert ids(await find_services(session, ServiceFilter(needs=["mad", "unge"]), FRIDAY_NOON))[:2] == ["boern", "aaben"]

    async def test_what_meets_more_needs_comes_before_what_meets_fewer(self, session: AsyncSession) -> None:
        found = await find_services(session, ServiceFilter(needs=["mad", "bad"]), FRIDAY_NOON)
        assert ids(found) == ["aaben", "naer", "kvinder", "ukendt"]

    async def test_named_ones_come_first_in_their_order(self, session: AsyncSession) -> None:
        query = ServiceFilter(ids=["jura", "lukket"], needs=["mad"], limit=3)
        assert ids(await find_services(session, query, FRIDAY_NOON)) == ["jura", "lukket", "aaben"]

    async def test_without_names_and_needs_everything_active_is_found(self, session: AsyncSession) -> None:
        found = await find_services(session, ServiceFilter(limit=None), FRIDAY_NOON)
        assert set(ids(found)) == {"aaben", "boern", "jura", "kvinder", "lukket", "naer", "ukendt"}

    async def test_what_is_closed_down_is_not_found_by_name_either(self, session: AsyncSession) -> None:
        assert await find_services(session, ServiceFilter(ids=["nedlagt"]), FRIDAY_NOON) == Found(())

    async def test_an_area_keeps_near_places_and_lines_that_answer_everywhere(self, session: AsyncSession) -> None:
        found = await find_services(session, ServiceFilter(needs=["mad"], area="Valby"), FRIDAY_NOON)
        assert ids(found) == ["naer", "lukket", "boern"]
        assert not found.relaxed

    async def test_an_area_without_places_is_dropped(self, session: AsyncSession) -> None:
        found = await find_services(session, ServiceFilter(needs=["mad"], area="Sydhavn", limit=2), FRIDAY_NOON)
        assert ids(found) == ["aaben", "kvinder"]
        assert found.relaxed == {"area"}

    async def test_the_area_falls_before_open_now(self, session: AsyncSession) -> None:
        found = await find_services(session, ServiceFilter(needs=["mad"], area="Valby", open_now=True), FRIDAY_NOON)
        assert ids(found) == ["aaben", "boern"]
        assert found.relaxed == {"area"}

    async def test_open_now_is_dropped_when_nothing_is_known_to_be_open(self, session: AsyncSession) -> None:
        saturday = FRIDAY_NOON.replace(day=21)
        found = await find_services(session, ServiceFilter(needs=["mad"], open_now=True), saturday)
        assert ids(found) == ["kvinder", "naer", "ukendt", "lukket"]
        assert found.relaxed == {"open_now"}

    async def test_women_only(self, session: AsyncSession) -> None:
        assert ids(await find_services(session, ServiceFilter(needs=["mad"], women_only=True), FRIDAY_NOON)) == ["kvinder"]

    async def test_without_cpr_is_only_what_is_known_to_ask_for_none(self, session: AsyncSession) -> None:
        found = await find_services(session, ServiceFilter(needs=["mad"], without_cpr=True), FRIDAY_NOON)
        assert ids(found) == ["aaben", "kvinder"]

    async def test_without_cpr_is_held_to_the_last(self, session: AsyncSession) -> None:
        query = ServiceFilter(needs=["mad"], area="Valby", open_now=True, women_only=True, without_cpr=True)
        found = await find_services(session, query, FRIDAY_NOON)
        assert ids(found) == ["kvinder"]
        assert found.relaxed == {"area", "open_now"}
        found = await find_services(session, ServiceFilter(ids=["jura"], without_cpr=True), FRIDAY_NOON)
        assert (ids(found), found.relaxed) == (["jura"], frozenset({"without_cpr"}))

    async def test_named_ones_that_a_filter_leaves_out_come_last(self, session: AsyncSession) -> None:
        query = ServiceFilter(ids=["lukket", "aaben", "naer"], area="Valby")
        assert ids(await find_services(session, query, FRIDAY_NOON)) == ["lukket", "naer", "aaben"]

    async def test_a_man_is_never_shown_what_turns_men_away(self, session: AsyncSession) -> None:
        query = ServiceFilter(ids=["kvinder", "naer"], needs=["mad"], for_men=True, limit=None)
        assert ids(await find_services(session, query, FRIDAY_NOON)) == ["naer", "aaben", "ukendt", "lukket"]

    async def test_a_line_that_answers_now_is_never_filtered_away(self, session: AsyncSession, tmp_path: Path) -> None:
        line = entry("vagten", opening_hours="24/7", hours_text="Altid", phones='[{number: "112"}]', addresses="[{area: Valby}]")
        await import_file(session, written(tmp_path / "b.yml", line))
        query = ServiceFilter(ids=["vagten", "naer"], needs=["mad"], women_only=True, without_cpr=True)
        assert ids(await find_services(session, query, FRIDAY_NOON)) == ["vagten", "kvinder", "naer"]

    async def test_the_address_near_the_asked_area_is_shown(self, session: AsyncSession, tmp_path: Path) -> None:
        await import_file(session, written(tmp_path / "b.yml", entry("to", addresses="[{area: Valby}, {area: Amager}]")))
        for area in ("Valby", "Amager"):
            (card,) = (await find_services(session, ServiceFilter(ids=["to"], area=area), FRIDAY_NOON)).services
            assert card.area == area


async def test_courses_come_in_order_cancelled_ones_too_past_ones_not(session: AsyncSession, tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.yml",
        entry("fjerde@v", COURSE, dtstart="2027-05-01 17:00", dtend="2027-05-01 19:00"),
        entry("anden@v", COURSE, dtstart="2027-03-01 17:00", dtend="2027-03-01 19:00", status="CANCELLED"),
        entry("tredje@v", COURSE, dtstart="2027-04-01 17:00", dtend="2027-04-01 19:00"),
        entry("i_gang@v", COURSE, dtstart="2026-11-20 11:00", dtend="2026-11-20 13:00"),
        entry("forbi@v", COURSE, dtstart="2026-11-20 10:00", dtend="2026-11-20 12:00"),
    )
    await import_file(session, path)
    courses = await next_courses(session, FRIDAY_NOON)
    assert [(course.id, course.cancelled) for course in courses] == [("i_gang@v", False), ("anden@v", True), ("tredje@v", False)]
    assert (courses[1].start, courses[2].start) == ("2027-03-01T17:00:00+01:00", "2027-04-01T17:00:00+02:00")
