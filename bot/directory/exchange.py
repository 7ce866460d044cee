"""Whole directories as files: YAML, Open Referral HSDS 3 as JSON, and services as CSV."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from bot.directory import files
from bot.directory.catalogue import Catalogue, read
from bot.directory.hsds.csv import read_csv
from bot.directory.hsds.read import read_hsds
from bot.directory.hsds.write import dumped
from bot.directory.records import Records
from bot.directory.rows import IMPORT, replace
from bot.settings import COPENHAGEN
from bot.topics.yaml_file import ContentError, Problem


async def import_file(session: AsyncSession, path: Path) -> Records:
    """Puts what one file holds in the place of what has the same ids, and gives it; the caller commits.

    Raises ContentError with every mistake, before anything is changed. A course that is over is one, unless it is known as it is.
    """
    now = datetime.now(COPENHAGEN)
    records, known = _read(path, now), await read(session)
    if over := [uid for uid, course in records.courses.items() if course.dtend <= now and known.records.courses.get(uid) != course]:
        raise ContentError([Problem(path, 1, uid, "kurset er forbi; ret datoen, eller slet det") for uid in over])
    await replace(session, records, origin=IMPORT, known=known)
    return records


def export_file(catalogue: Catalogue, path: Path) -> None:
    """Writes everything to one YAML file, or the services as HSDS to a JSON file. Raises ContentError for other names."""
    if path.suffix == ".json":
        path.write_text(dumped(catalogue.records, catalogue.modified, datetime.now(COPENHAGEN).date()), encoding="utf-8")
    else:
        files.write_file(catalogue.records, path)


def _read(path: Path, now: datetime) -> Records:
    others = {".json": read_hsds, ".csv": read_csv}
    if path.suffix not in others:
        return files.read_file(path)
    return others[path.suffix](path.read_bytes(), path, now.date())
