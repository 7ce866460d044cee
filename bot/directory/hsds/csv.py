"""Services read from a table: CSV with one row a service, columns named after HSDS and our own fields."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import ValidationError

from bot.directory.hsds.incoming import Defaults, age, checked, mistakes, service_ids, slug, source_of
from bot.directory.hsds.terms import YES_NO
from bot.directory.records import SERVICE_ID, Records
from bot.topics.yaml_file import ContentError, Problem

_LISTS = {"alternate_name": "alternate_names", "languages": "languages", "needs": "needs", "for_whom": "for_whom"}
_LISTS["required_documents"] = "required_documents"
_ADDRESS = ("address_1", "postal_code", "city", "area", "accessibility")
_SAME = (
    "name", "organization", "status", "description", "note", "minimum_age", "maximum_age", "fees", "url", "email", "opening_hours",
    "hours_text", "hours_as_of", "assured_date", "confidence", "as_of",
)  # fmt: skip
COLUMNS = ("id", *_SAME, "phone", *_LISTS, *_ADDRESS, *YES_NO, "source", "source_url")
_NUMBERS = ("minimum_age", "maximum_age")
_ANSWERS = {"ja": True, "nej": False, "true": True, "false": False}
_COLUMN_OF = {"phones": "phone", "alternate_names": "alternate_name"}


class _Row(NamedTuple):
    line: int
    cells: dict[str, str]


def read_csv(content: bytes, path: Path, today: date, defaults: Defaults | None = None) -> Records:
    """The services in `content`: UTF-8, a header, columns out of `COLUMNS` apart by commas or semicolons, lists in a cell by semicolons.

    `path` is what the content is called in mistakes. A row without `id`, or with a UUID for one, is called after its name; one without
    `confidence` is `ældre` when its `assured_date` lies more than 18 months before `today`.
    Raises ContentError with every mistake, each with line and column, when anything cannot be used.
    """
    defaults = defaults or Defaults()
    rows, problems = list(_rows(_text(content, path), path)), list[Problem]()
    records = Records()
    for row, name in zip(rows, _ids(rows, defaults), strict=True):
        if problem := _unusable(name, records, defaults):
            problems.append(Problem(path, row.line, "id", problem))
            continue
        try:
            records.services[name] = checked(_fields(row.cells, path.name, today, defaults))
        except ValidationError as error:
            problems += [Problem(path, row.line, _column(str(place[0]) if place else ""), mend) for place, mend in mistakes(error)]
    if problems:
        raise ContentError(problems)
    return records


def _text(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        mend = "filen er ikke UTF-8; gem den i regnearket som «CSV UTF-8»"
        raise ContentError([Problem(path, content.count(b"\n", 0, error.start) + 1, "", mend)]) from error


def _rows(text: str, path: Path) -> Iterator[_Row]:
    header, _, _ = text.partition("\n")
    # Danish spreadsheets put semicolons between cells.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if header.count(";") > header.count(",") else ",", strict=True)
    line = 1
    try:
        columns = [name.strip() for name in next(reader, [])]
        if problems := list(_wrong_columns(columns, path)):
            raise ContentError(problems)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) != len(columns):
                    mend = f"rækken har {len(cells)} felter, men der er {len(columns)} kolonner; sæt tekst med skilletegn i anførselstegn"
                    raise ContentError([Problem(path, line, "", mend)])
                yield _Row(line, {name: cell.strip() for name, cell in zip(columns, cells, strict=True)})
            line = reader.line_num + 1
    except csv.Error as error:
        raise ContentError([Problem(path, line, "", "rækken kan ikke læses; se efter anførselstegn, der ikke lukkes")]) from error


def _wrong_columns(columns: list[str], path: Path) -> Iterator[Problem]:
    for column in columns:
        if column not in COLUMNS:
            close = difflib.get_close_matches(column, COLUMNS, n=1)
            yield Problem(path, 1, column, f"ukendt kolonne; mente du «{close[0]}»?" if close else "ukendt kolonne; slet den")
    yield from (Problem(path, 1, column, "kolonnen står to gange") for column in COLUMNS if columns.count(column) > 1)
    if "name" not in columns:
        yield Problem(path, 1, "name", "kolonnen mangler; første linje skal være kolonnernes navne")


def _ids(rows: list[_Row], defaults: Defaults) -> list[str]:
    given = [row.cells.get("id", "") for row in rows]
    uuids = {number: identifier for number, text in enumerate(given) if (identifier := _uuid(text))}
    own = frozenset(text for number, text in enumerate(given) if text and number not in uuids)
    made = service_ids([(rows[number].cells["name"], identifier) for number, identifier in uuids.items()], defaults.taken | own)
    by_row = dict(zip(uuids, made, strict=True))
    return [by_row.get(number) or text or slug(rows[number].cells["name"]) for number, text in enumerate(given)]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _unusable(name: str, records: Records, defaults: Defaults) -> str | None:
    if not SERVICE_ID.fullmatch(name):
        return "skriv små bogstaver, tal og bindestreg, fx cafe-klare"
    if name in records.services:
        return f"{name} står to gange; skriv et andet id, eller slet det ene sted"
    if name in defaults.taken:
        return f"{name} findes allerede fra en anden kilde; skriv et andet id"
    return None


def _fields(cells: dict[str, str], file: str, today: date, defaults: Defaults) -> dict[str, Any]:
    lists = {field: _listed(cells.get(column, "")) for column, field in _LISTS.items()}
    address = {field: cells[field] for field in _ADDRESS if cells.get(field)}
    return {
        **_age(cells, today),
        **{field: cells[field] for field in _SAME if cells.get(field)},
        **{field: int(cells[field]) for field in _NUMBERS if cells.get(field, "").isdecimal() and len(cells[field]) < 4},
        **{field: _ANSWERS.get(cells[field].lower(), cells[field]) for field in YES_NO if cells.get(field)},
        **lists,
        "needs": lists["needs"] or defaults.needs,
        "for_whom": lists["for_whom"] or defaults.for_whom,
        "phones": [{"number": number} for number in _listed(cells.get("phone", ""))],
        "addresses": [address] if address else [],
        "source": {"title": cells["source"], "url": cells.get("source_url") or None} if cells.get("source") else source_of(defaults, file),
    }


def _age(cells: dict[str, str], today: date) -> dict[str, str]:
    """How sure the row is, by its date, where it does not say so itself."""
    if cells.get("confidence"):
        return {}
    try:
        return age(date.fromisoformat(cells.get("assured_date", "")), today)
    except ValueError:
        return {"confidence": "sikker"}  # the date is told as the mistake


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _column(field: str) -> str:
    return "address_1" if field == "addresses" else _COLUMN_OF.get(field, field)
