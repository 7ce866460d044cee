from datetime import date, datetime
from pathlib import Path

import pytest

from bot.directory.files import export_file, import_file, read_file, read_folder
from bot.directory.store import Directory
from bot.settings import COPENHAGEN
from bot.topics.yaml_file import ContentError
from tests.directory.conftest import COURSE, entry, written


def mistake(path: Path) -> str:
    with pytest.raises(ContentError) as error:
        read_file(path)
    return str(error.value)


def test_a_service_and_a_course_are_read(tmp_path: Path) -> None:
    read = read_file(written(tmp_path / "a.yml", entry("huset"), entry("cvr-1@vejviser", COURSE)))
    assert read.services["huset"].name == "Huset"
    assert read.services["huset"].anonymous is None
    assert read.services["huset"].assured_date == date(2026, 11, 20)
    assert read.courses["cvr-1@vejviser"].dtstart == datetime(2027, 2, 3, 17, tzinfo=COPENHAGEN)


def test_a_file_of_comments_holds_nothing(tmp_path: Path) -> None:
    assert not read_file(written(tmp_path / "a.yml", "# only this\n\n  # and this\n")).courses


@pytest.mark.parametrize(
    ("fields", "mend"),
    [
        ({"phones": '[{number: "12 34"}]'}, "er ikke et telefonnummer"),
        ({"phones": '[{number: "99"}]'}, "er ikke et telefonnummer"),
        ({"phones": "[{number: 112}]"}, "sæt den i anførselstegn"),
        ({"phones": '[{number: "112", as_of: i fjor}]'}, "skriv årstallet"),
        ({"opening_hours": "hverdage 10-12", "hours_text": "Hverdage"}, "er ikke åbningstider"),
        ({"opening_hours": '"24/7"', "hours_text": "Altid", "hours_as_of": "2020"}, "gamle åbningstider"),
        ({"opening_hours": '"24/7"'}, "med ord i hours_text"),
        ({"addresses": "[{area: Fyn}]"}, "skriv et af disse: Indre By, Vesterbro"),
        ({"addresses": '[{city: "Aarhus"}]'}, "address_1 eller area"),
        ({"for_whom": "[damer]"}, "skriv et af disse: alle, kvinder"),
        ({"needs": "[mad, mad]"}, "to gange"),
        ({"needs": "[Mad og bad]"}, "et behov skrives"),
        ({"needs": "[]"}, "listen er tom"),
        ({"minimum_age": "atten"}, "helt tal"),
        ({"minimum_age": "18", "maximum_age": "17"}, "mindre end minimum_age"),
        ({"confidence": "ældre"}, "skriv as_of"),
        ({"as_of": "2020"}, "skriv as_of"),
        ({"confidence": "usikker"}, "skriv et af disse: sikker, ældre"),
        ({"anonymous": "måske"}, "skriv true eller false"),
        ({"url": "huset.dk"}, "https://"),
        ({"assured_date": "i går"}, "skriv datoen som"),
        ({"descripton": "Hej"}, "mente du «description»"),
        ({"description": "ord " * 26}, "er på 26 ord; højst 25"),
        ({"name": "Byens krisecenter", "addresses": "[{area: Valby}]"}, "et krisecenters adresse må ikke vises"),
    ],
)
def test_a_mistake_in_a_service_names_file_line_and_mend(tmp_path: Path, fields: dict[str, str], mend: str) -> None:
    first, wrong = entry("huset"), entry("forkert", **fields)
    path = written(tmp_path / "a.yml", first, wrong)
    found = mistake(path)
    assert mend in found
    file, line, _ = found.split(":", 2)
    assert file == str(path)
    assert (first + wrong).splitlines()[int(line) - 1].strip().split(":")[0] in {"forkert", *fields}


@pytest.mark.parametrize(
    ("fields", "mend"),
    [
        ({"dtend": "2027-02-03 17:00"}, "skal ligge efter dtstart"),
        ({"dtstart": "2027-02-03T17:00:00+01:00"}, "uden tidszone"),
        ({"dtstart": "2027-02-03"}, "uden tidszone"),
        ({"dtstart": "2027-03-28 02:30", "dtend": "2027-03-28 04:00"}, "uret stilles"),
        ({"dtstart": "2027-10-31 02:30", "dtend": "2027-10-31 04:00"}, "uret stilles"),
        ({"status": "aflyst"}, "skriv et af disse: CONFIRMED, CANCELLED"),
        ({"sequence": "-1"}, "helt tal fra 0"),
    ],
)
def test_a_mistake_in_a_course_says_how_to_mend_it(tmp_path: Path, fields: dict[str, str], mend: str) -> None:
    assert mend in mistake(written(tmp_path / "a.yml", entry("cvr-1@vejviser", COURSE, **fields)))


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


async def test_an_import_replaces_what_the_file_names_and_nothing_else(directory: Directory, tmp_path: Path) -> None:
    async with directory.session() as session, session.begin():
        await import_file(session, written(tmp_path / "a.yml", entry("huset"), entry("haven")))
        await import_file(session, written(tmp_path / "b.yml", entry("huset", name="Det nye hus", organization="En anden")))
        await export_file(session, tmp_path / "out.yml")
    services = read_file(tmp_path / "out.yml").services
    assert {name: service.name for name, service in services.items()} == {"huset": "Det nye hus", "haven": "Huset"}


async def test_a_file_with_a_mistake_changes_nothing(directory: Directory, tmp_path: Path) -> None:
    async with directory.session() as session, session.begin():
        await import_file(session, written(tmp_path / "a.yml", entry("huset")))
    async with directory.session() as session, session.begin():
        with pytest.raises(ContentError):
            await import_file(session, written(tmp_path / "b.yml", entry("huset", name="Nyt"), entry("haven", url="x")))
        await export_file(session, tmp_path / "out.yml")
    assert read_file(tmp_path / "out.yml") == read_file(tmp_path / "a.yml")


async def test_an_export_is_written_as_yaml_only(directory: Directory, tmp_path: Path) -> None:
    async with directory.session() as session:
        with pytest.raises(ContentError, match="kun YAML"):
            await export_file(session, tmp_path / "out.json")
