from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from bot.directory.files import read_file, read_folder, write_file
from bot.directory.records import Records
from bot.settings import COPENHAGEN
from bot.topics.yaml_file import ContentError
from tests.directory.conftest import COURSE, PLAN, course, entry, plan, service, written


def mistake(path: Path) -> str:
    with pytest.raises(ContentError) as error:
        read_file(path)
    return str(error.value)


def test_a_service_a_course_and_a_plan_are_read(tmp_path: Path) -> None:
    read = read_file(written(tmp_path / "a.yml", entry("huset"), entry("cvr-1@vejviser", COURSE), entry("cvr@vejviser", PLAN)))
    assert read.services["huset"].name == "Huset"
    assert read.services["huset"].anonymous is None
    assert read.services["huset"].assured_date == date(2026, 11, 20)
    assert read.courses["cvr-1@vejviser"].dtstart == datetime(2027, 2, 3, 17, tzinfo=COPENHAGEN)
    assert read.plans == {"cvr@vejviser": plan()}


def test_a_file_of_comments_holds_nothing(tmp_path: Path) -> None:
    assert not read_file(written(tmp_path / "a.yml", "# only this\n\n  # and this\n")).courses


def test_a_missing_field_is_told_at_its_entry(tmp_path: Path) -> None:
    without_name = "".join(line for line in entry("forkert").splitlines(keepends=True) if not line.startswith("  name"))
    path = written(tmp_path / "a.yml", entry("huset"), without_name)
    assert mistake(path) == f"{path}:10: forkert.name: feltet mangler; tilføj «name: …»"


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("Huset: {name: x}\n", "små bogstaver, tal og bindestreg"),
        ("1: {name: x}\n", "små bogstaver, tal og bindestreg"),
        ("huset: hej\n", "felter med indrykning"),
        ("huset:\n", "felter med indrykning"),
        ("kursus:\n  dtstart: 2027-02-03 17:00\n", "kursus@vejviser"),
        ("kursus:\n  rrule: FREQ=YEARLY\n", "kursus@vejviser"),
        ("- hej\n", "filen skal bestå af felter"),
        ("huset: {\n", "YAML kan ikke læses"),
        ("huset: {a: 1}\nhuset: {a: 1}\n", "YAML kan ikke læses"),
    ],
)
def test_what_is_no_directory_file(tmp_path: Path, text: str, mend: str) -> None:
    assert mend in mistake(written(tmp_path / "a.yml", text))


def test_other_kinds_of_files_are_refused(tmp_path: Path) -> None:
    assert "kun YAML kan bruges her" in mistake(written(tmp_path / "services.json", "{}"))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "findes den?" in mistake(tmp_path / "a.yml")


def test_every_mistake_of_every_file_is_told(tmp_path: Path) -> None:
    written(tmp_path / "a.yml", entry("huset", url="x"), entry("haven", confidence="x"))
    written(tmp_path / "b.yml", entry("huset"), entry("stuen", for_whom="[x]"))
    with pytest.raises(ContentError) as error:
        read_folder(tmp_path)
    told = [(problem.path.name, problem.field) for problem in error.value.problems]
    assert told == [("a.yml", "huset.url"), ("a.yml", "haven.confidence"), ("b.yml", "huset"), ("b.yml", "stuen.for_whom.1")]
    assert "står også i a.yml" in str(error.value)


@pytest.mark.parametrize("name", ["Huset", "hu_set", "-huset", "huset-", "hu--set", "x" * 81, "husæt", "@vejviser", "a b@vejviser", "a@"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    assert "små bogstaver, tal og bindestreg" in mistake(written(tmp_path / "a.yml", entry(f'"{name}"')))


def test_what_is_written_is_read_again_and_has_no_empty_fields(tmp_path: Path) -> None:
    records = Records({"huset": service(), "haven": service("Haven", free=False)}, {"a@v": course()}, {"b@v": plan()})
    write_file(records, tmp_path / "out.yml")
    assert read_file(tmp_path / "out.yml") == records
    text = (tmp_path / "out.yml").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if not line.startswith(" ")] == ["haven:", "huset:", "a@v:", "b@v:"]
    assert "free: false" in text
    assert "null" not in text


def test_files_are_written_as_yaml_only(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="kun YAML"):
        write_file(Records(), tmp_path / "out.txt")
