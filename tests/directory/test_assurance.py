from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy import select, update

from bot.directory.assurance import (
    ASSURED_FOR,
    Due,
    UnknownServiceError,
    checked_on,
    confirm,
    due,
    is_confirmed,
    is_old,
    share_confirmed,
)
from bot.directory.cards import service_card
from bot.directory.records import Records, ServiceRecord
from bot.directory.rows import replace
from bot.directory.store import Directory
from bot.directory.tables import Decision, Service
from bot.directory.vocabulary import NEEDS
from bot.settings import COPENHAGEN
from tests.directory.conftest import catalogue, course, plan, service

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
BY_METTE = {"confirmed": {"by": "Mette", "on": TODAY}}


def listed(*services: ServiceRecord, today: date = TODAY) -> list[str]:
    """The ids of what is due, in order."""
    return [row.id for row in due(catalogue(*services).records, today)]


class TestAge:
    def test_half_a_year_is_not_too_long_and_a_day_more_is(self) -> None:
        record = service(**BY_METTE)
        assert is_confirmed(record, TODAY + ASSURED_FOR)
        assert not is_confirmed(record, TODAY + ASSURED_FOR + DAY)
        assert not is_old(record, TODAY + ASSURED_FOR)
        assert is_old(record, TODAY + ASSURED_FOR + DAY)

    def test_a_text_that_was_looked_up_is_not_confirmed(self) -> None:
        assert not is_confirmed(service(assured_date=TODAY), TODAY)
        assert not is_old(service(assured_date=TODAY), TODAY)

    def test_the_later_of_the_two_looks_counts(self) -> None:
        assert checked_on(service(assured_date="2026-01-01", **BY_METTE)) == TODAY
        assert checked_on(service(assured_date=TODAY, confirmed={"by": "Mette", "on": "2026-01-01"})) == TODAY
        assert checked_on(service(assured_date="2026-01-01")) == date(2026, 1, 1)


class TestShare:
    def test_it_counts_what_people_are_sent_to(self) -> None:
        services = [service("A", **BY_METTE), service("B"), service("C"), service("D", status="defunct", **BY_METTE)]
        assert share_confirmed(services, TODAY) == pytest.approx(1 / 3)
        assert share_confirmed(services, TODAY + ASSURED_FOR + DAY) == 0

    def test_of_nothing_all_is_confirmed(self) -> None:
        assert share_confirmed([], TODAY) == 1
        assert share_confirmed([service(confidence="usikker")], TODAY) == 1


class TestDue:
    def test_the_most_harmful_to_be_wrong_about_comes_first(self) -> None:
        needs = list(NEEDS)
        services = [service(f"Z{place:02}", needs=[need, needs[-1]]) for place, need in enumerate(needs[:-1])]
        assert listed(*reversed(services)) == [f"z{place:02}" for place in range(len(services))]
        assert (needs[0], needs[-1]) == ("livsfare", "lgbt")

    def test_among_equals_the_least_certain_and_then_the_oldest_comes_first(self) -> None:
        assert listed(
            service("A", assured_date="2026-11-02"),
            service("B", assured_date="2026-11-01"),
            service("C", confidence="ældre", as_of=2019),
            service("D", confidence="usikker"),
            service("E", assured_date="2026-11-01"),
        ) == ["d", "c", "b", "e", "a"]

    def test_what_is_confirmed_or_no_more_or_not_yet_is_not_due(self) -> None:
        services = [
            service("Bekræftet", **BY_METTE),
            service("Nedlagt", status="defunct"),
            service("Planlagt", status="inactive"),
            service("Ferielukket", status="temporarily closed"),
        ]
        assert listed(*services) == ["ferielukket"]
        assert listed(*services, today=TODAY + ASSURED_FOR) == ["ferielukket"]
        assert set(listed(*services, today=TODAY + ASSURED_FOR + DAY)) == {"bekraeftet", "ferielukket"}

    @pytest.mark.parametrize(
        ("record", "why", "today"),
        [
            (service(), "aldrig bekræftet af stedet selv", TODAY),
            (service(), "sidst tjekket 20.11.2026", TODAY + ASSURED_FOR + DAY),
            (service(**BY_METTE), "sidst tjekket 20.11.2026", TODAY + ASSURED_FOR + DAY),
            (service(confidence="usikker"), "usikkert, om det findes; nummer og adresse vises ikke", TODAY),
            (service(confidence="ældre", as_of=2019), "gamle oplysninger (2019)", TODAY),
            (
                service(
                    phones=[{"number": "112", "as_of": 2019}, {"number": "114", "as_of": 2018}],
                    addresses=[{"area": "Valby"}],
                    hours_text="Altid",
                    hours_as_of=2020,
                ),
                "ældre: telefon, åbningstid",
                TODAY,
            ),
            (service(addresses=[{"area": "Valby", "as_of": "udateret"}]), "ældre: adresse", TODAY),
        ],
    )
    def test_it_says_why(self, record: ServiceRecord, why: str, today: date) -> None:
        assert due(catalogue(record).records, today) == [Due("huset", "Huset", why, "Egen side")]

    def test_it_says_where_to_look(self) -> None:
        source = {"title": "Et notat", "url": "https://notat.dk"}
        rows = due(catalogue(service("A", url="https://a.dk", source=source), service("B", source=source), service("C")).records, TODAY)
        assert [row.where for row in rows] == ["https://a.dk", "https://notat.dk", "Egen side"]

    @pytest.mark.parametrize(
        ("start", "end", "is_due"),
        [
            ("2026-11-20 08:00", "2026-11-20 09:00", False),  # today, though it is over
            ("2026-11-19 17:00", "2026-11-19 19:00", True),
            ("2027-02-20 17:00", "2027-02-20 19:00", False),
            ("2027-02-21 17:00", "2027-02-21 19:00", True),  # later than the time after
        ],
    )
    def test_a_plan_is_due_until_its_next_date_is_set(self, start: str, end: str, is_due: bool) -> None:
        records = Records(courses={"a@v": course("Kurset", dtstart=start, dtend=end)}, plans={"plan@v": plan("Kurset")})
        assert due(records, TODAY) == ([Due("plan@v", "Kurset", "der er ingen dato for den næste gang", "Egen side")] if is_due else [])

    def test_a_date_that_was_cancelled_is_none(self) -> None:
        records = Records(courses={"a@v": course(dtstart="2026-12-01 17:00", dtend="2026-12-01 19:00")}, plans={"plan@v": plan()})
        assert due(records, TODAY) == []
        cancelled = {"a@v": records.courses["a@v"].model_copy(update={"status": "CANCELLED"})}
        assert [row.id for row in due(Records(courses=cancelled, plans=records.plans), TODAY)] == ["plan@v"]

    def test_the_date_of_another_course_is_not_a_plans(self) -> None:
        records = Records(
            courses={"a@v": course("Et andet")}, plans={"b@v": plan("B"), "a@v": plan("A", source={"title": "x", "url": "https://x.dk"})}
        )
        assert [(row.id, row.where) for row in due(records, TODAY)] == [("a@v", "https://x.dk"), ("b@v", "Egen side")]


class TestConfirming:
    async def test_it_is_held_told_and_written_down(self, directory: Directory) -> None:
        record = service(confidence="ældre", as_of=2019, **{"phones": [{"number": "112", "as_of": 2019}]})
        await self.put(directory, record)
        before = await directory.catalogue()
        await self.confirm(directory, "huset", " Mette ", TODAY)
        held = await directory.catalogue()
        confirmed = held.records.services["huset"].confirmed
        assert confirmed is not None
        assert (confirmed.by, confirmed.on) == ("Mette", TODAY)
        assert held.revision == before.revision + 1
        shown = service_card("huset", held.records.services["huset"], datetime(2026, 11, 20, 12, tzinfo=COPENHAGEN))
        assert (shown.summary, shown.phones[0]["note"]) == ("Et hus med mad.", None)
        async with directory.session() as session:
            (row,) = await session.scalars(select(Decision))
        assert (row.resource_id, row.last_action_type, row.updated_by) == ("huset", "confirm", "Mette")

    async def test_it_is_a_change_of_the_service(self, directory: Directory) -> None:
        await self.put(directory, service())
        async with directory.session() as session, session.begin():
            await session.execute(update(Service).values(last_modified=datetime(2026, 1, 1, tzinfo=UTC)))
        await self.confirm(directory, "huset", "Mette", TODAY)
        modified = (await directory.catalogue()).modified["huset"]
        assert modified > datetime(2026, 1, 1, tzinfo=UTC)
        assert modified.microsecond == 0

    async def test_the_last_one_who_asked_counts(self, directory: Directory) -> None:
        await self.put(directory, service())
        await self.confirm(directory, "huset", "Mette", TODAY)
        await self.confirm(directory, "huset", "Ali", TODAY - DAY)
        confirmed = (await directory.catalogue()).records.services["huset"].confirmed
        assert confirmed is not None
        assert (confirmed.by, confirmed.on) == ("Ali", TODAY - DAY)

    @pytest.mark.parametrize(("by", "on"), [("", TODAY), (" ", TODAY), ("Mette", date(2999, 1, 1))])
    async def test_without_a_name_or_of_a_day_to_come_it_is_none(self, directory: Directory, by: str, on: date) -> None:
        await self.put(directory, service())
        held = await directory.catalogue()
        with pytest.raises(ValidationError):
            await self.confirm(directory, "huset", by, on)
        assert await directory.catalogue() is held

    async def test_what_is_not_there_cannot_be_confirmed(self, directory: Directory) -> None:
        with pytest.raises(UnknownServiceError):
            await self.confirm(directory, "huset", "Mette", TODAY)
        async with directory.session() as session:
            assert list(await session.scalars(select(Decision))) == []

    async def put(self, directory: Directory, record: ServiceRecord) -> None:
        async with directory.session() as session, session.begin():
            await replace(session, Records({"huset": record}), origin="files")

    async def confirm(self, directory: Directory, name: str, by: str, on: date) -> None:
        async with directory.session() as session, session.begin():
            await confirm(session, name, by, on)
