from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.hsds.csv import COLUMNS, read_csv
from bot.directory.hsds.incoming import Defaults
from bot.directory.records import ServiceRecord, SourceRecord
from bot.topics.yaml_file import ContentError

TODAY = date(2026, 11, 21)
PATH = Path("steder.csv")
ROW = {
    "id": "huset",
    "name": "Huset",
    "organization": "Foreningen",
    "description": "Et hus med mad.",
    "needs": "mad;samvaer",
    "for_whom": "alle",
    "assured_date": "2026-11-20",
    "source": "Egen side",
}


def table(*rows: dict[str, str], delimiter: str = ",") -> bytes:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def read(content: bytes, defaults: Defaults | None = None) -> dict[str, ServiceRecord]:
    return read_csv(content, PATH, TODAY, defaults).services


def mistakes(content: bytes, defaults: Defaults | None = None) -> list[tuple[int, str, str]]:
    with pytest.raises(ContentError) as error:
        read_csv(content, PATH, TODAY, defaults)
    return [(problem.line, problem.field, problem.mend) for problem in error.value.problems]


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_row_is_a_service(delimiter: str) -> None:
    row = ROW | {
        "alternate_name": "Stuen; Kælderen",
        "status": "temporarily closed",
        "phone": "33 17 33 33;112",
        "address_1": "Prøvegade 1, st.",
        "postal_code": "1650",
        "area": "Vesterbro",
        "minimum_age": "18",
        "anonymous": "ja",
        "cpr_required": "Nej",
        "languages": "da;en",
        "opening_hours": "Mo-Fr 10:00-15:00",
        "hours_text": "Hverdage",
        "source_url": "https://huset.example",
    }
    expected = ServiceRecord.model_validate(
        {
            "name": "Huset",
            "alternate_names": ["Stuen", "Kælderen"],
            "organization": "Foreningen",
            "status": "temporarily closed",
            "description": "Et hus med mad.",
            "needs": ["mad", "samvaer"],
            "for_whom": ["alle"],
            "minimum_age": 18,
            "languages": ["da", "en"],
            "anonymous": True,
            "cpr_required": False,
            "confidence": "sikker",
            "phones": [{"number": "33 17 33 33"}, {"number": "112"}],
            "addresses": [{"address_1": "Prøvegade 1, st.", "postal_code": "1650", "area": "Vesterbro"}],
            "opening_hours": "Mo-Fr 10:00-15:00",
            "hours_text": "Hverdage",
            "source": {"title": "Egen side", "url": "https://huset.example"},
            "assured_date": "2026-11-20",
        }
    )
    assert read(table(row, delimiter=delimiter)) == {"huset": expected}


def test_a_spreadsheets_mark_at_the_beginning_and_empty_rows_are_passed_over() -> None:
    assert read(b"\xef\xbb\xbf" + table(ROW, dict.fromkeys(ROW, ""))).keys() == {"huset"}


def test_what_an_admin_says_of_the_source_fills_what_the_table_leaves_out() -> None:
    bare = {name: value for name, value in ROW.items() if name not in ("needs", "for_whom", "source")}
    service = read(table(bare), Defaults(("mad",), ("kvinder",), SourceRecord(title="Byens steder")))["huset"]
    assert (service.needs, service.for_whom, service.source.title) == (("mad",), ("kvinder",), "Byens steder")
    assert [(column, mend) for _, column, mend in mistakes(table(bare))] == [("needs", "mangler"), ("for_whom", "mangler")]


def test_rows_without_an_id_are_called_after_their_name() -> None:
    first, second = "ac148810-d857-441c-9679-408f346de14b", "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
    rows = [ROW | {"id": "", "name": "Ældre Sagen"}, ROW | {"id": first}, ROW | {"id": second}]
    assert read(table(*rows)).keys() == {"aeldre-sagen", "huset-ac148810", "huset-d9d5e0f5"}


@pytest.mark.parametrize(
    ("cells", "confidence", "as_of"),
    [
        ({}, "sikker", None),
        ({"assured_date": "2020-01-01"}, "ældre", "2020"),
        ({"confidence": "ældre", "as_of": "udateret"}, "ældre", "udateret"),
    ],
)
def test_what_was_told_more_than_18_months_ago_is_old(cells: dict[str, str], confidence: str, as_of: str | None) -> None:
    service = read(table(ROW | cells))["huset"]
    assert (service.confidence, service.as_of) == (confidence, as_of)


@pytest.mark.parametrize(
    ("cells", "column", "mend"),
    [
        ({"phone": "112;12 34"}, "phone", "er ikke et telefonnummer"),
        ({"needs": "mad;dans"}, "needs", "skriv et af disse: livsfare"),
        ({"minimum_age": "atten"}, "minimum_age", "helt tal"),
        ({"minimum_age": "²"}, "minimum_age", "helt tal"),
        ({"anonymous": "måske"}, "anonymous", "skriv ja eller nej"),
        ({"assured_date": "20-11-2026"}, "assured_date", "skriv datoen som 2026-11-20"),
        ({"assured_date": "2999-01-01"}, "assured_date", "ligger i fremtiden"),
        ({"opening_hours": "Mo 10:00-12:00,11:00-13:00", "hours_text": "x"}, "opening_hours", "overlapper"),
        ({"city": "Aarhus"}, "address_1", "address_1 eller area"),
        ({"area": "Fyn"}, "address_1", "skriv et af disse: Indre By"),
        ({"organization": ""}, "organization", "mangler"),
        ({"id": "Huset"}, "id", "små bogstaver"),
        ({"id": "stuen"}, "id", "stuen står to gange"),
    ],
)
def test_a_mistake_is_told_with_line_and_column(cells: dict[str, str], column: str, mend: str) -> None:
    before = ROW | {"id": "stuen", "description": "Over\nto linjer."}
    ((line, told_column, told),) = mistakes(table(before, ROW | cells, ROW | {"id": "haven"}))
    assert (line, told_column) == (4, column)
    assert mend in told


def test_an_id_of_another_source_is_not_taken_over() -> None:
    ((_, column, mend),) = mistakes(table(ROW), Defaults(taken=frozenset({"huset"})))
    assert (column, mend) == ("id", "huset findes allerede fra en anden kilde; skriv et andet id")


def test_every_mistake_of_every_row_is_told() -> None:
    found = mistakes(table(ROW | {"url": "x"}, ROW | {"id": "haven", "status": "x", "phone": "x"}))
    assert [(line, column) for line, column, _ in found] == [(2, "url"), (3, "status"), (3, "phone")]


@pytest.mark.parametrize(
    ("content", "line", "mend"),
    [
        (b"", 1, "kolonnen mangler"),
        (b"id,organization\na,b\n", 1, "kolonnen mangler"),
        (b"name,organisation\na,b\n", 1, "mente du «organization»"),
        (b"name,name\na,b\n", 1, "kolonnen står to gange"),
        (b"name,url\na\n", 2, "1 felter, men der er 2 kolonner"),
        (b"name,url\na,b\n\na,b,c\n", 4, "3 felter"),
        (b'name,url\na,b\n"a,b\nc,d\n', 3, "anførselstegn"),
        (b"name\nHuset\nK\xf8benhavn\n", 3, "CSV UTF-8"),
    ],
)
def test_what_is_no_table(content: bytes, line: int, mend: str) -> None:
    ((told_line, _, told),) = mistakes(content)
    assert told_line == line
    assert mend in told


def mends(content: bytes) -> list[str]:
    """What is said of `content`; nothing when it can be read."""
    try:
        read_csv(content, PATH, TODAY)
    except ContentError as error:
        return [problem.mend for problem in error.problems]
    return []


@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=8)), max_size=3), st.sampled_from([",", ";"]))
def test_whatever_stands_there_is_read_or_refused_with_a_reason(rows: list[dict[str, str]], delimiter: str) -> None:
    content = table(*({**ROW, **row} for row in rows), delimiter=delimiter) if rows else b"name\n"
    assert all(mends(content))
