from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from bot.directory import tables
from bot.directory.catalogue import Catalogue
from bot.directory.records import Records, ServiceRecord
from bot.directory.rows import FILES, IMPORT, count_change, decide, remove, replace, with_confirmation
from bot.directory.store import Directory
from tests.directory.conftest import course, plan, service

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
CONFIRMED = {"confirmed": {"by": "Mette", "on": "2026-11-20"}}
FULL: dict[str, Any] = {
    "alternate_names": ["Det gamle hus"],
    "languages": ["da", "pl"],
    "fees": "20 kroner",
    "required_documents": ["Pas"],
    "phones": [{"number": "112"}],
    "addresses": [{"area": "Valby", "accessibility": "Trappe"}],
    "opening_hours": "24/7",
    "hours_text": "Altid",
}
ALL = Records({"huset": service(**FULL), "haven": service("Haven")}, {"kursus@v": course()}, {"plan@v": plan()})


async def put(directory: Directory, records: Records, origin: str = IMPORT) -> Catalogue:
    """What the directory holds after `records` were put into it."""
    async with directory.session() as session, session.begin():
        await replace(session, records, origin=origin)
    return await directory.catalogue()


@pytest.fixture
async def before(directory: Directory) -> Catalogue:
    """The directory with all kinds of records, changed long ago."""
    await put(directory, ALL)
    async with directory.session() as session, session.begin():
        await session.execute(update(tables.Service).values(last_modified=LONG_AGO))
        await session.execute(update(tables.Event).values(last_modified=LONG_AGO))
        await count_change(session)
    return await directory.catalogue()


async def test_what_is_put_in_is_held(directory: Directory) -> None:
    start = datetime.now(UTC).replace(microsecond=0)
    held = await put(directory, ALL)
    assert held.records == ALL
    assert held.origins == dict.fromkeys(("huset", "haven", "kursus@v", "plan@v"), IMPORT)
    assert held.modified.keys() == {"huset", "haven", "kursus@v"}
    for moment in (*held.modified.values(), held.changed_at):
        assert (moment.tzinfo, moment.microsecond) == (UTC, 0)
        assert start <= moment <= datetime.now(UTC)
    assert held.revision == 1


@pytest.mark.parametrize("records", [ALL, Records({"haven": service("Haven")}), Records()])
async def test_what_is_the_same_changes_nothing(directory: Directory, records: Records) -> None:
    held = await put(directory, ALL)
    assert await put(directory, records) is held


CHANGES: list[dict[str, Any]] = [
    {"name": "Det nye hus"},
    {"organization": "En anden"},
    {"note": "Ring på"},
    {"needs": ["mad", "jura"]},
    {"needs": ["bad-toej"]},
    {"alternate_names": []},
    {"languages": ["pl", "da"]},
    {"fees": None},
    {"required_documents": ["Pas", "Gult kort"]},
    {"phones": [{"number": "112", "as_of": 2019}]},
    {"addresses": [{"area": "Valby"}]},
    {"addresses": [{"area": "Amager", "accessibility": "Trappe"}]},
    {"hours_text": "Døgnet rundt"},
    {"walk_in": False},
    {"source": {"title": "En anden side"}},
    {"assured_date": "2026-11-19"},
    {"status": "temporarily closed"},
    CONFIRMED,
]


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: "-".join(change))
async def test_only_what_has_changed_gets_a_new_date(directory: Directory, change: dict[str, Any]) -> None:
    revision = (await directory.catalogue()).revision
    changed = Records({**ALL.services, "huset": service(**{**FULL, **{"name": "Huset", **change}})}, ALL.courses, ALL.plans)
    held = await put(directory, changed)
    assert held.records == changed
    assert held.modified["huset"] > held.modified["haven"] == held.modified["kursus@v"] == LONG_AGO
    assert held.revision == revision + 1


@pytest.mark.usefixtures("before")
async def test_a_course_and_a_plan_change_by_themselves(directory: Directory) -> None:
    held = await put(directory, Records(courses={"kursus@v": course(sequence=1)}))
    assert held.modified["kursus@v"] > held.modified["huset"] == LONG_AGO
    held = await put(directory, Records(plans={"plan@v": plan(note="Ring")}))
    assert held.records == Records(ALL.services, {"kursus@v": course(sequence=1)}, {"plan@v": plan(note="Ring")})


async def test_a_record_that_comes_from_elsewhere_belongs_to_where_it_came_from_last(directory: Directory, before: Catalogue) -> None:
    held = await put(directory, Records({"huset": ALL.services["huset"]}), "feed")
    assert held.records == before.records
    assert (held.origins["huset"], held.origins["haven"]) == ("feed", IMPORT)
    assert held.modified["huset"] > LONG_AGO
    assert held.revision == before.revision + 1


@pytest.mark.parametrize("origin", [FILES, "feed"])
async def test_an_import_of_the_same_takes_nothing_over_and_one_of_something_else_does(directory: Directory, origin: str) -> None:
    held = await put(directory, ALL, origin)
    assert await put(directory, ALL) is held
    changed = {**ALL.services, "huset": service("Det nye hus")}
    assert (await put(directory, Records(changed, ALL.courses, ALL.plans))).origins == {**held.origins, "huset": IMPORT}


async def test_the_contents_rows_go_with_their_files_and_others_stay(directory: Directory) -> None:
    await put(directory, Records({"by-hand": service("A")}, {"by-hand@v": course()}, {"by-hand-plan@v": plan()}))
    await put(directory, Records({"fed": service("B")}), "feed")
    await put(directory, Records({"one": service("C"), "two": service("D")}, {"one@v": course()}, {"one-plan@v": plan()}), FILES)
    held = await put(directory, Records({"two": service("D")}), FILES)
    assert {*held.origins} == {"by-hand", "by-hand@v", "by-hand-plan@v", "fed", "two"}
    assert {*(await put(directory, Records({"new": service("E")}), "feed")).origins} == {*held.origins, "new"}
    assert {*(await put(directory, Records(), FILES)).origins} == {"by-hand", "by-hand@v", "by-hand-plan@v", "fed", "new"}


async def test_an_id_that_becomes_another_kind_of_record_is_there_once(directory: Directory) -> None:
    await put(directory, Records(plans={"a@v": plan()}))
    assert (await put(directory, Records(courses={"a@v": course()}))).records == Records(courses={"a@v": course()})


CONFIRMED_HOUSE = Records({"huset": service(**FULL, **CONFIRMED)})


async def test_a_confirmation_outlives_a_record_that_is_the_same_otherwise(directory: Directory) -> None:
    held = await put(directory, CONFIRMED_HOUSE)
    assert await put(directory, Records({"huset": service(**FULL)})) is held
    assert held.records == CONFIRMED_HOUSE


def test_a_confirmation_is_taken_over_by_what_says_the_same_and_has_none() -> None:
    house, by_ali = service(**CONFIRMED), {"by": "Ali", "on": "2026-11-21"}
    assert with_confirmation(house, service()) == house
    for other in (service(note="Ring på"), service(confirmed=by_ali), service(note="Ring på", confirmed=by_ali)):
        assert with_confirmation(house, other) == other
    assert with_confirmation(service(), service()) == service()


@pytest.mark.parametrize("change", CHANGES[:-1], ids=lambda change: "-".join(change))
async def test_a_confirmation_ends_when_anything_else_is_changed(directory: Directory, change: dict[str, Any]) -> None:
    await put(directory, CONFIRMED_HOUSE)
    changed = Records({"huset": service(**{**FULL, "name": "Huset", **change})})
    assert (await put(directory, changed)).records == changed


async def test_a_later_confirmation_takes_the_place_of_the_first(directory: Directory) -> None:
    await put(directory, CONFIRMED_HOUSE)
    again = Records({"huset": service(**FULL, confirmed={"by": "Ali", "on": "2026-11-21"})})
    assert (await put(directory, again)).records == again


@pytest.mark.usefixtures("before")
async def test_what_is_taken_out_leaves_nothing_behind(directory: Directory) -> None:
    async with directory.session() as session, session.begin():
        await remove(session, ["huset", "kursus@v", "plan@v", "findes-ikke"])
    held = await directory.catalogue()
    assert held.records == Records({"haven": service("Haven")})
    async with directory.session() as session, session.begin():
        await remove(session, ["haven"])
    async with directory.session() as session:
        for table in tables.Base.metadata.sorted_tables:
            rows = await session.scalar(select(func.count()).select_from(table))
            assert rows == (1 if table.name == "state" else 0), table.name


async def test_more_rows_than_a_statement_takes_are_taken_out(directory: Directory) -> None:
    await put(directory, Records(plans={f"{number}@v": plan() for number in range(1001)}), FILES)
    assert (await put(directory, Records(plans={"0@v": plan()}), FILES)).records == Records(plans={"0@v": plan()})


async def test_two_places_of_an_organization_share_its_row(directory: Directory) -> None:
    await put(directory, Records({"a": service("A"), "b": service("B")}))
    await put(directory, Records({"c": service("C")}))
    async with directory.session() as session:
        assert list(await session.scalars(select(tables.Organization.name))) == ["Foreningen"]


async def test_who_did_what_is_written_down(directory: Directory) -> None:
    async with directory.session() as session, session.begin():
        await decide(session, "huset", "confirm", "Mette")
    async with directory.session() as session:
        (row,) = await session.scalars(select(tables.Decision))
    assert (row.resource_id, row.last_action_type, row.updated_by) == ("huset", "confirm", "Mette")
    assert row.last_action_date.tzinfo is not None


def unchecked(**fields: Any) -> ServiceRecord:
    return service().model_copy(update=fields)


@pytest.mark.parametrize(
    "records",
    [
        Records({"huset": unchecked(status="åben")}),
        Records({"huset": unchecked(confidence="vist nok")}),
        Records({"huset": unchecked(minimum_age=18, maximum_age=17)}),
        Records(courses={"kursus@v": course().model_copy(update={"dtend": course().dtstart})}),
        Records(courses={"kursus@v": course().model_copy(update={"status": "AFLYST"})}),
        Records(courses={"kursus@v": course().model_copy(update={"sequence": -1})}),
    ],
)
async def test_the_database_itself_refuses_what_cannot_be(directory: Directory, records: Records) -> None:
    with pytest.raises(IntegrityError):
        await put(directory, records)
    assert (await directory.catalogue()).records == Records()


async def test_somebody_who_confirmed_did_so_on_a_day(directory: Directory) -> None:
    await put(directory, Records({"huset": service()}))
    with pytest.raises(IntegrityError):
        async with directory.session() as session, session.begin():
            (await session.get_one(tables.Service, "huset")).confirmed_on = date(2026, 11, 20)
