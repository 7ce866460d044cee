from collections.abc import AsyncIterator
from pathlib import Path
from textwrap import dedent

import pytest

from bot.directory.store import Directory

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


def entry(name: str, base: str = SERVICE, /, **fields: str) -> str:
    """An entry of a directory file: `base` with `fields`, given as YAML, put in or in the place of others."""
    lines = dict(line.split(": ", 1) for line in base.strip().splitlines())
    return "\n".join([f"{name}:", *(f"  {key}: {value}" for key, value in {**lines, **fields}.items())]) + "\n"


def written(path: Path, *entries: str) -> Path:
    """`path`, with `entries` in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(dedent(one) for one in entries), encoding="utf-8")
    return path


@pytest.fixture
async def directory(tmp_path: Path) -> AsyncIterator[Directory]:
    """An empty directory on a real SQLite file."""
    directory = Directory(f"sqlite+aiosqlite:///{tmp_path / 'var' / 'directory.db'}")
    await directory.migrate()
    yield directory
    await directory.close()
