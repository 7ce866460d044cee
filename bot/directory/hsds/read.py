"""Services read from HSDS 3.0 JSON: our own export without a difference, other directories' as far as a record holds it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from bot.directory.hsds.incoming import Defaults, Location, checked, mistakes, service_ids
from bot.directory.hsds.model import ServicePart
from bot.directory.hsds.record import foreign_fields, id_of, own_fields, pointer_of
from bot.directory.hsds.terms import said
from bot.directory.records import SERVICE_ID, Records
from bot.topics.yaml_file import ContentError, Problem

_SHAPE = "her skal stå et sted i HSDS 3.0, en liste af steder eller en side med «contents»"


def read_hsds(content: bytes, path: Path, today: date, defaults: Defaults | None = None) -> Records:
    """The services in `content`: one service, a list (HSDS' package), or an object with a list under `contents` or `services`.

    `path` is what the content is called in mistakes. Of other directories' services only what says when it was told is taken;
    after 18 months, counted from `today`, it is `ældre`.
    Raises ContentError with every mistake, each with its JSON pointer (RFC 6901), when anything cannot be used.
    """
    defaults = defaults or Defaults()
    text = _text(content, path)
    parts, problems = dict[str, ServicePart](), list[Problem]()
    for pointer, data in _services(_json(text, path), path):
        try:
            parts[pointer] = ServicePart.model_validate(data)
        except ValidationError as error:
            problems += [Problem(path, _line(text, data), _pointer(pointer, place), mend) for place, mend in mistakes(error)]
    records, seen = Records(), set[UUID]()
    for pointer, name in _named(parts, defaults).items():
        part = parts[pointer]
        line = _line(text, {"id": str(part.id)})
        if problem := _unusable(name, part, records, defaults) or (f"id {part.id} står to gange" if part.id in seen else None):
            problems.append(Problem(path, line, pointer, problem))
            continue
        seen.add(part.id)
        fields = own_fields(part) if id_of(part) else foreign_fields(part, path.name, today, defaults)
        try:
            records.services[name] = checked(fields)
        except ValidationError as error:
            problems += [Problem(path, line, pointer + pointer_of(place, part), mend) for place, mend in mistakes(error)]
    if problems:
        raise ContentError(problems)
    return records


def _text(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError([Problem(path, 1, "", "filen er ikke UTF-8; gem den som UTF-8")]) from error


def _json(text: str, path: Path) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        mend = f"JSON kan ikke læses ved tegn {error.colno}; se efter komma, anførselstegn og parenteser"
        raise ContentError([Problem(path, error.lineno, "", mend)]) from error
    except (ValueError, RecursionError) as error:
        raise ContentError([Problem(path, 1, "", "JSON kan ikke læses; der er for store tal eller for mange lag")]) from error


def _services(data: Any, path: Path) -> Iterator[tuple[str, Any]]:
    """Each service with its pointer."""
    if isinstance(data, Mapping):
        name = next((name for name in ("contents", "services") if name in data), None)
        if name is None:
            if not {"id", "name", "status"} & data.keys():
                raise ContentError([Problem(path, 1, "", _SHAPE)])
            yield "", data
            return
        prefix, data = f"/{name}", data[name]
    else:
        prefix = ""
    if not isinstance(data, list):
        raise ContentError([Problem(path, 1, prefix, _SHAPE)])
    yield from ((f"{prefix}/{number}", one) for number, one in enumerate(data))


def _named(parts: Mapping[str, ServicePart], defaults: Defaults) -> dict[str, str]:
    """The id of each service by its pointer: its own where it is ours."""
    foreign = {pointer: part for pointer, part in parts.items() if not id_of(part)}
    own = {pointer: name for pointer, part in parts.items() if (name := id_of(part))}
    taken = defaults.taken | frozenset(own.values())
    ids = service_ids([(part.name, part.id) for part in foreign.values()], taken)
    names = own | dict(zip(foreign, ids, strict=True))
    return {pointer: names[pointer] for pointer in parts}


def _unusable(name: str, part: ServicePart, records: Records, defaults: Defaults) -> str | None:
    """What is wrong with the service as a whole; None if nothing is."""
    if not SERVICE_ID.fullmatch(name):
        return "Vejvisers navn for stedet skrives med små bogstaver, tal og bindestreg"
    if name in records.services:
        return f"{name} står to gange; slet det ene sted"
    if name in defaults.taken:
        return f"{name} findes allerede fra en anden kilde"
    if id_of(part):
        return None
    words = said(part.attributes)
    if not (words["needs"] or defaults.needs) or not (words["for_whom"] or defaults.for_whom):
        return "der står ikke med Vejvisers ord, hvad stedet hjælper med, og for hvem; skriv needs og for_whom for kilden"
    if not (part.assured_date or part.last_modified):
        return "der står ikke, hvornår oplysningerne er fra; tilføj assured_date eller last_modified"
    return None


def _pointer(pointer: str, place: Location) -> str:
    return "".join([pointer, *(f"/{part}" for part in place)])


def _line(text: str, data: Any) -> int:
    """The 1-based line on which the service's identifier stands first; 1 when it has none."""
    identifier = data.get("id") if isinstance(data, Mapping) else None
    found = text.find(identifier) if isinstance(identifier, str) and identifier else -1
    return text.count("\n", 0, max(found, 0)) + 1
