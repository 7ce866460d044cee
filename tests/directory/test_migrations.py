"""The migrations, up and down, on both databases and with rows in them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import CheckConstraint, Connection, MetaData, Table, inspect, select
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.directory.assurance import due
from bot.directory.catalogue import Catalogue
from bot.directory.records import Records, ServiceRecord
from bot.directory.rows import IMPORT, replace
from bot.directory.store import Directory
from bot.directory.tables import Base
from bot.settings import ROOT
from tests.databases import database
from tests.directory.conftest import course, plan, service

Rows = Mapping[str, list[dict[str, Any]]]
_BORN = {"assured_date": date(2026, 11, 20), "source_title": "Egen side", "seeded": False}
_UNKNOWN = dict.fromkeys(("minimum_age", "maximum_age", "anonymous", "free", "cpr_required", "residence_required", "url", "email", "note"))
# What an earlier version kept, by table, in the order of its keys.
OLD: Rows = {
    "organization": [{"id": 3, "name": "Foreningen"}, {"id": 7, "name": "Byen"}],
    "service": [
        {
            "id": "haven", "organization_id": 3, "name": "Haven", "status": "temporarily closed", "description": "En have.",
            "for_whom": ["alle"], **_UNKNOWN, "confidence": "sikker", "as_of": None, **_BORN, "source_url": None,
        },
        {
            "id": "huset", "organization_id": 7, "name": "Huset", "status": "active", "description": "Et hus med mad.",
            "note": "Ring på", "url": "https://huset.dk", "email": "huset@huset.dk", "for_whom": ["kvinder", "trans"], "minimum_age": 18,
            "maximum_age": 30, "anonymous": True, "free": False, "cpr_required": None, "residence_required": True, "confidence": "ældre",
            "as_of": "2019", **_BORN, "source_url": "https://huset.dk/om",
        },
    ],
    "phone": [
        {"id": 5, "service_id": "huset", "number": "112", "description": "Vagten", "as_of": "udateret"},
        {"id": 9, "service_id": "huset", "number": "114", "description": None, "as_of": None},
    ],
    "location": [
        {
            "id": 4, "service_id": "huset", "address_1": "Gaden 1", "postal_code": "2500", "city": "Valby", "area": "Valby",
            "as_of": "2013",
        },
        {"id": 8, "service_id": "huset", "address_1": None, "postal_code": None, "city": None, "area": "Amager", "as_of": None},
    ],
    "schedule": [{"service_id": "huset", "opening_hours": None, "description": "Kl. 7-13", "as_of": "2022"}],
    "service_need": [
        {"service_id": "haven", "term": "raad", "position": 0},
        {"service_id": "huset", "term": "mad", "position": 0},
        {"service_id": "huset", "term": "vaerested", "position": 1},
    ],
    "event": [
        {
            "uid": "kursus@v", "sequence": 2, "status": "CANCELLED", "summary": "Kursus",
            "dtstart": datetime(2027, 7, 1, 15, tzinfo=UTC), "dtend": datetime(2027, 7, 1, 17, tzinfo=UTC), "location": "Rådhuset",
            "organizer": None, "signup": "https://huset.dk", **_BORN, "source_url": None,
        },
    ],
}  # fmt: skip
# The same, as records. Two needs are older than the vocabulary, so nobody checks them.
HUSET = ServiceRecord.model_validate(
    {
        **{name: value for name, value in OLD["service"][1].items() if name in ServiceRecord.model_fields},
        "organization": "Byen",
        "needs": ["mad"],
        "phones": [{"number": "112", "description": "Vagten", "as_of": "udateret"}, {"number": "114"}],
        "addresses": [
            {"address_1": "Gaden 1", "postal_code": "2500", "city": "Valby", "area": "Valby", "as_of": "2013"},
            {"area": "Amager"},
        ],
        "hours_text": "Kl. 7-13",
        "hours_as_of": "2022",
        "source": {"title": "Egen side", "url": "https://huset.dk/om"},
    }
).model_copy(update={"needs": ("mad", "vaerested")})
HAVEN = service("Haven", status="temporarily closed", description="En have.").model_copy(update={"needs": ("raad",)})
WHEN = {"dtstart": "2027-07-01 17:00", "dtend": "2027-07-01 19:00"}
KURSUS = course("Kursus", **WHEN, sequence=2, status="CANCELLED", location="Rådhuset", signup="https://huset.dk")


@pytest.fixture
async def empty(server: str) -> AsyncIterator[str]:
    """A database without tables."""
    async with database(server) as url:
        yield url


async def done(url: str, work: Callable[[Connection], Any]) -> Any:
    """What `work` gives for a connection to `url`."""
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        return await connection.run_sync(work)


async def alembic(url: str, run: Callable[..., None], *arguments: str) -> None:
    def work(connection: Connection) -> None:
        config = Config(ROOT / "alembic.ini")
        config.attributes["connection"] = connection
        run(config, *arguments)

    await done(url, work)


async def fill(url: str, rows: Rows) -> None:
    """Puts `rows` into the tables that there are."""

    def work(connection: Connection) -> None:
        for name, some in rows.items():
            connection.execute(Table(name, MetaData(), autoload_with=connection).insert(), some)

    await done(url, work)


async def held(url: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, in order."""

    def work(connection: Connection) -> dict[str, list[dict[str, Any]]]:
        metadata = MetaData()
        metadata.reflect(connection)
        return {
            name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
            for name, table in metadata.tables.items()
        }

    found: dict[str, list[dict[str, Any]]] = await done(url, work)
    # SQLite keeps no time zone.
    for event in found.get("event", ()):
        event |= {name: value.replace(tzinfo=UTC) for name, value in event.items() if isinstance(value, datetime) and not value.tzinfo}
    return found


async def shown(url: str) -> Catalogue:
    """What the present code makes of it."""
    directory = Directory(url)
    catalogue = await directory.catalogue()
    await directory.close()
    return catalogue


async def test_they_go_up_to_what_the_code_expects_and_down_to_nothing(empty: str) -> None:
    for _ in range(2):
        await alembic(empty, command.upgrade, "head")
        await alembic(empty, command.check)
        await alembic(empty, command.downgrade, "base")
        assert (await held(empty)).keys() == {"alembic_version"}


async def test_the_tables_refuse_what_the_code_says_they_do(url: str) -> None:
    def work(connection: Connection) -> dict[str, set[str | None]]:
        there = inspect(connection)
        return {name: {check["name"] for check in there.get_check_constraints(name)} for name in Base.metadata.tables}

    expected = {
        name: {one.name for one in table.constraints if isinstance(one, CheckConstraint)} for name, table in Base.metadata.tables.items()
    }
    assert await done(url, work) == expected
    assert sum(map(len, expected.values())) >= 10


async def test_what_an_earlier_version_kept_comes_through_and_goes_back(empty: str) -> None:
    await alembic(empty, command.upgrade, "0001")
    await fill(empty, OLD)
    await alembic(empty, command.upgrade, "head")
    catalogue = await shown(empty)
    assert catalogue.records == Records({"huset": HUSET, "haven": HAVEN}, {"kursus@v": KURSUS})
    assert catalogue.origins == dict.fromkeys(("huset", "haven", "kursus@v"), IMPORT)
    for moment in (*catalogue.modified.values(), catalogue.changed_at):
        assert (datetime.now(UTC) - moment).total_seconds() < 60
        assert moment.microsecond == 0
    await alembic(empty, command.downgrade, "0001")
    found = await held(empty)
    assert {name: found[name] for name in OLD} == OLD


async def test_what_was_seeded_is_known_to_be_the_contents_and_read_again(empty: str) -> None:
    await alembic(empty, command.upgrade, "0001")
    seeded = {name: [{**row, "seeded": True} if "seeded" in row else row for row in rows] for name, rows in OLD.items()}
    await fill(empty, {**seeded, "seed": [{"id": 1, "fingerprint": "of the same content"}]})
    await alembic(empty, command.upgrade, "head")
    assert {*(await shown(empty)).origins.values()} == {"files"}
    assert (await held(empty))["state"][0]["fingerprint"] == ""
    await alembic(empty, command.downgrade, "0001")
    assert all(row["seeded"] for row in (await held(empty))["service"])


async def test_rows_are_added_after_those_that_came_through(empty: str) -> None:
    await alembic(empty, command.upgrade, "0001")
    await fill(empty, OLD)
    directory = Directory(empty)
    await directory.migrate()
    new = service("Stuen", organization="En ny", phones=[{"number": "112"}], addresses=[{"area": "Valby"}])
    async with directory.session() as session, session.begin():
        await replace(session, Records({"stuen": new}), origin=IMPORT)
    assert (await directory.catalogue()).records.services == {"huset": HUSET, "haven": HAVEN, "stuen": new}
    await directory.close()


async def test_rows_are_added_after_those_that_went_back(url: str) -> None:
    await alembic(url, command.downgrade, "0001")
    await fill(url, OLD)
    await alembic(url, command.upgrade, "head")
    await alembic(url, command.downgrade, "0001")
    await fill(url, {"organization": [{"name": "En ny"}], "phone": [{"service_id": "haven", "number": "112"}]})
    found = await held(url)
    assert [row["name"] for row in found["organization"]] == ["Foreningen", "Byen", "En ny"]
    assert [row["number"] for row in found["phone"]] == ["112", "114", "112"]


async def test_needs_older_than_the_vocabulary_stop_nobody_from_seeing_what_is_due(empty: str) -> None:
    await alembic(empty, command.upgrade, "0001")
    await fill(empty, OLD)
    await alembic(empty, command.upgrade, "head")
    assert [row.id for row in due((await shown(empty)).records, date(2026, 11, 20))] == ["huset", "haven"]


async def test_what_the_earlier_tables_cannot_hold_is_left_out_and_the_rest_goes_back(directory: Directory, url: str) -> None:
    records = Records(
        {
            "huset": service(
                languages=["pl"], fees="20 kroner", required_documents=["Pas"], walk_in=True, alternate_names=["Det gamle hus"],
                confirmed={"by": "Mette", "on": "2026-11-20"}, phones=[{"number": "112"}],
                addresses=[{"area": "Valby", "accessibility": "Trappe"}],
            ),
            "rygtet": service("Rygtet", confidence="usikker", organization="Rygtets venner"),
        },
        {"kursus@v": course()},
        {"plan@v": plan()},
    )  # fmt: skip
    async with directory.session() as session, session.begin():
        await replace(session, records, origin="en-kilde")
    await directory.close()
    await alembic(url, command.downgrade, "0001")
    found = await held(url)
    assert [row["id"] for row in found["service"]] == ["huset"]
    assert [(row["service_id"], row["area"]) for row in found["location"]] == [("huset", "Valby")]
    assert not found["service"][0]["seeded"]
    await alembic(url, command.upgrade, "head")
    kept = (await shown(url)).records
    assert kept == Records({"huset": service(phones=[{"number": "112"}], addresses=[{"area": "Valby"}])}, {"kursus@v": course()})
