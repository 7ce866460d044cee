"""Directories to test with: records and files made in a line, and a real database of its own for each test, of both kinds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import pytest_asyncio

from bot.directory.catalogue import Catalogue
from bot.directory.records import CourseRecord, PlanRecord, Records, ServiceRecord
from bot.directory.store import Directory
from bot.topics.text import folded
from tests.databases import database

SERVICE = """
name: Huset
organization: Foreningen
description: Et hus med mad.
needs: [mad]
for_whom: [alle]
confidence: sikker
source: {title: Egen side, url: "https://huset.dk"}
assured_date: 2026-11-20
"""
COURSE = """
summary: Kursus om CVR
dtstart: 2027-02-03 17:00
dtend: 2027-02-03 19:30
source: {title: Egen side}
assured_date: 2026-11-20
"""
PLAN = """
summary: Kursus om CVR
rrule: FREQ=MONTHLY;INTERVAL=3
contact: huset
source: {title: Egen side}
assured_date: 2026-11-20
"""
ALWAYS = {"opening_hours": "24/7", "hours_text": "Altid"}
_SOURCE = {"title": "Egen side"}


def entry(name: str, base: str = SERVICE, /, **fields: str) -> str:
    """An entry of a directory file: `base` with `fields`, given as YAML, put in or in the place of others."""
    lines = dict(line.split(": ", 1) for line in base.strip().splitlines())
    return "\n".join([f"{name}:", *(f"  {key}: {value}" for key, value in {**lines, **fields}.items())]) + "\n"


def written(path: Path, *entries: str) -> Path:
    """`path`, with `entries` in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(dedent(one) for one in entries), encoding="utf-8")
    return path


def service(name: str = "Huset", **fields: Any) -> ServiceRecord:
    """A place with food for everybody, with `fields` put in or in the place of others."""
    given = {"organization": "Foreningen", "description": "Et hus med mad.", "needs": ["mad"], "for_whom": ["alle"], "confidence": "sikker"}
    return ServiceRecord.model_validate({"name": name, **given, "source": _SOURCE, "assured_date": "2026-11-20", **fields})


def course(summary: str = "Kursus om CVR", **fields: Any) -> CourseRecord:
    """A course in February 2027, with `fields` put in or in the place of others."""
    given = {"dtstart": "2027-02-03 17:00", "dtend": "2027-02-03 19:30", "source": _SOURCE, "assured_date": "2026-11-20"}
    return CourseRecord.model_validate({"summary": summary, **given, **fields})


def plan(summary: str = "Kursus om CVR", **fields: Any) -> PlanRecord:
    """A course of every quarter, with `fields` put in or in the place of others."""
    given = {"rrule": "FREQ=MONTHLY;INTERVAL=3", "contact": "huset", "source": _SOURCE, "assured_date": "2026-11-20"}
    return PlanRecord.model_validate({"summary": summary, **given, **fields})


def catalogue(
    *services: ServiceRecord, courses: dict[str, CourseRecord] | None = None, plans: dict[str, PlanRecord] | None = None
) -> Catalogue:
    """A directory in memory; a service's id is its name in small plain letters with hyphens."""
    return Catalogue(Records({folded(one.name).replace(" ", "-"): one for one in services}, courses or {}, plans or {}))


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where `database` makes databases; every test that asks for one runs on SQLite and on PostgreSQL."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('databases')}"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def template(server: str) -> AsyncIterator[str]:
    """A database without rows, to make others from: a copy is faster than all migrations."""
    async with database(server) as url:
        empty = Directory(url)
        await empty.migrate()
        await empty.close()
        yield url


@pytest.fixture
async def url(server: str, template: str) -> AsyncIterator[str]:
    """A migrated database of the test's own."""
    async with database(server, template) as url:
        yield url


@pytest.fixture
async def directory(url: str) -> AsyncIterator[Directory]:
    """A directory of the test's own without rows."""
    directory = Directory(url)
    yield directory
    await directory.close()
