from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.directory.exchange import export_file, import_file
from bot.directory.files import read_file
from bot.directory.records import Records
from bot.directory.rows import replace
from bot.directory.store import Directory
from bot.topics.yaml_file import ContentError
from tests.directory.conftest import COURSE, PLAN, catalogue, course, entry, plan, service, written

SOURCE = {"title": "Egen side", "url": "https://huset.dk"}
OVER = {"dtstart": "2020-02-03 17:00", "dtend": "2020-02-03 19:30"}
CSV = """id,name,organization,description,needs,for_whom,confidence,source,assured_date
{id},{name},Foreningen,Et hus med mad.,mad,alle,sikker,Egen side,2026-11-20
"""


async def imported(directory: Directory, path: Path) -> Records:
    """What the directory holds after the import of `path`."""
    async with directory.session() as session, session.begin():
        await import_file(session, path)
    return (await directory.catalogue()).records


async def test_an_import_replaces_what_the_file_names_and_nothing_else(directory: Directory, tmp_path: Path) -> None:
    await imported(directory, written(tmp_path / "a.yml", entry("huset"), entry("haven"), entry("a@v", COURSE), entry("b@v", PLAN)))
    changed = await imported(directory, written(tmp_path / "b.yml", entry("huset", name="Det nye hus", organization="En anden")))
    services = {"huset": service("Det nye hus", organization="En anden", source=SOURCE), "haven": service(source=SOURCE)}
    assert changed == Records(services, {"a@v": course()}, {"b@v": plan()})
    assert {*(await directory.catalogue()).origins.values()} == {"import"}


async def test_a_file_with_a_mistake_changes_nothing(directory: Directory, tmp_path: Path) -> None:
    await imported(directory, written(tmp_path / "a.yml", entry("huset")))
    held = await directory.catalogue()
    with pytest.raises(ContentError):
        await imported(directory, written(tmp_path / "b.yml", entry("huset", name="Nyt"), entry("haven", url="x")))
    assert await directory.catalogue() is held


async def test_a_course_that_is_over_is_refused_with_all_that_comes_with_it(directory: Directory, tmp_path: Path) -> None:
    path = written(tmp_path / "a.yml", entry("huset"), entry("a@v", COURSE, **OVER), entry("b@v", COURSE), entry("c@v", COURSE, **OVER))
    with pytest.raises(ContentError) as error:
        await imported(directory, path)
    assert [problem.field for problem in error.value.problems] == ["a@v", "c@v"]
    assert "kurset er forbi" in str(error.value)
    assert (await directory.catalogue()).records == Records()


async def test_a_course_that_is_over_comes_in_again_as_it_is_known(directory: Directory, tmp_path: Path) -> None:
    async with directory.session() as session, session.begin():
        await replace(session, Records(courses={"a@v": course(**OVER)}), origin="files")
    assert await imported(directory, written(tmp_path / "a.yml", entry("a@v", COURSE, **OVER))) == Records(courses={"a@v": course(**OVER)})
    for change in ({"status": "CANCELLED"}, {"dtend": "2020-02-03 20:00"}):
        with pytest.raises(ContentError, match="kurset er forbi"):
            await imported(directory, written(tmp_path / "b.yml", entry("a@v", COURSE, **{**OVER, **change})))
    assert (await directory.catalogue()).records.courses == {"a@v": course(**OVER)}


async def test_an_hsds_file_brings_back_the_services(directory: Directory, tmp_path: Path) -> None:
    services = {"huset": service(phones=[{"number": "112"}], confirmed={"by": "Mette", "on": "2026-11-20"}), "haven": service("Haven")}
    export_file(catalogue(*services.values()), tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert await imported(directory, tmp_path / "out.json") == Records(services)


async def test_a_table_is_read_or_refused_by_its_line(directory: Directory, tmp_path: Path) -> None:
    held = await imported(directory, written(tmp_path / "a.csv", CSV.format(id="huset", name="Huset")))
    assert held.services["huset"].name == "Huset"
    with pytest.raises(ContentError) as error:
        await imported(directory, written(tmp_path / "b.csv", CSV.format(id="haven", name=" ")))
    assert error.value.problems[0].line == 2
    assert (await directory.catalogue()).records == held


async def test_an_export_is_written_as_yaml_or_json_only(tmp_path: Path) -> None:
    export_file(catalogue(service()), tmp_path / "out.yml")
    assert read_file(tmp_path / "out.yml") == Records({"huset": service()})
    with pytest.raises(ContentError, match="kun YAML"):
        export_file(catalogue(service()), tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()
