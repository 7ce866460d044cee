"""The directory's YAML files: read with every mistake named, written so that reading gives the same again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from bot.directory.records import COURSE_UID, SERVICE_ID, CourseRecord, PlanRecord, Records, ServiceRecord
from bot.topics.yaml_file import ContentError, Problem, parse, read_yaml


def read_file(path: Path) -> Records:
    """The services, courses and plans of one file; an id with an @ is a UID, and what has an `rrule` is a plan.

    Raises ContentError with every mistake when anything in it cannot be used.
    """
    return _read([path])


def read_folder(folder: Path) -> Records:
    """The services, courses and plans of all `*.yml` files in `folder`.

    Raises ContentError with every mistake of every file, an id that stands in two files among them.
    """
    return _read(sorted(folder.glob("*.yml")))


def write_file(records: Records, path: Path) -> None:
    """Writes all services, courses and plans to one YAML file, in order of their ids, fields without content left out.

    Raises ContentError when the file's name does not end in .yml.
    """
    _yaml_only(path)
    named: list[tuple[str, BaseModel]] = [
        entry for kind in (records.services, records.courses, records.plans) for entry in sorted(kind.items())
    ]
    yaml = YAML()
    with path.open("w", encoding="utf-8") as file:
        yaml.dump({name: record.model_dump(mode="json", exclude_defaults=True) for name, record in named}, file)


def _read(paths: Iterable[Path]) -> Records:
    records, places, problems = Records(), dict[str, Path](), list[Problem]()
    for path in paths:
        try:
            entries = _entries(path)
        except ContentError as error:
            problems += error.problems
            continue
        for name, fields in entries.items():
            line = entries.lc.key(name)[0] + 1
            if name in places:
                problems.append(Problem(path, line, str(name), f"står også i {places[name].name}; slet det ene sted"))
                continue
            places[name] = path
            try:
                _add(records, name, fields, path, line)
            except ContentError as error:
                problems += [one._replace(field=".".join(filter(None, (str(name), one.field)))) for one in error.problems]
    if problems:
        raise ContentError(problems)
    return records


def _entries(path: Path) -> CommentedMap:
    _yaml_only(path)
    return CommentedMap() if _only_comments(path) else read_yaml(path)


def _yaml_only(path: Path) -> None:
    if path.suffix not in (".yml", ".yaml"):
        raise ContentError([Problem(path, 1, "", "kun YAML kan bruges her; giv filen et navn, der ender på .yml")])


def _only_comments(path: Path) -> bool:
    if not path.is_file():
        return False
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return all(not line.strip() or line.lstrip().startswith("#") for line in lines)


def _add(records: Records, name: object, fields: object, path: Path, line: int) -> None:
    if not isinstance(name, str) or not (SERVICE_ID.fullmatch(name) or COURSE_UID.fullmatch(name)):
        mend = "et sted hedder små bogstaver, tal og bindestreg (fx cafe-klare), et kursus noget med @ (fx cvr-2027-1@vejviser)"
        raise ContentError([Problem(path, line, "", mend)])
    if not isinstance(fields, CommentedMap):
        raise ContentError([Problem(path, line, "", "her skal stå felter med indrykning under")])
    if "@" in name and "rrule" in fields:
        records.plans[name] = parse(PlanRecord, fields, path, line)
    elif "@" in name:
        records.courses[name] = parse(CourseRecord, fields, path, line)
    elif "dtstart" in fields or "rrule" in fields:
        raise ContentError([Problem(path, line, "", f"et kursus skal have et @ i sit navn; skriv {name}@vejviser")])
    else:
        records.services[name] = parse(ServiceRecord, fields, path, line)
