"""YAML files read into pydantic models, with errors a non-programmer can act on."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
from ruamel.yaml.error import MarkedYAMLError, YAMLError

Model = TypeVar("Model", bound=BaseModel)


class Problem(NamedTuple):
    """One mistake in one file: where it is, what is wrong and how to mend it (Danish, for editors)."""

    path: Path
    line: int
    field: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}"
        return f"{where}: {self.field}: {self.mend}" if self.field else f"{where}: {self.mend}"


class ContentError(Exception):
    """Files that cannot be used, with every mistake found in them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def read_yaml(path: Path) -> CommentedMap:
    """The mapping in `path`, positions kept.

    Raises ContentError when the file is missing, is no UTF-8, is no YAML or holds no mapping.
    """
    try:
        data = _load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ContentError([Problem(path, 1, "", "filen er ikke UTF-8; gem den som UTF-8")]) from error
    except OSError as error:
        raise ContentError([Problem(path, 1, "", "filen kan ikke læses; findes den?")]) from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        mend = f"YAML kan ikke læses ({error.problem}); se efter indrykning, kolon og anførselstegn"
        raise ContentError([Problem(path, line, "", mend)]) from error
    except YAMLError as error:
        raise ContentError([Problem(path, 1, "", "YAML kan ikke læses; filen har tegn, der ikke må være der")]) from error
    if not isinstance(data, CommentedMap):
        raise ContentError([Problem(path, 1, "", "filen skal bestå af felter som «title: …»")])
    return data


def parse(model: type[Model], data: CommentedMap, path: Path, line: int = 1, /, **given: Any) -> Model:
    """`data`, which begins at `line`, as a `model`, with the fields in `given` set from outside the file.

    Raises ContentError naming line, field and mend of every mistake.
    """
    if not isinstance(data, CommentedMap):
        raise ContentError([Problem(path, line, "", "her skal stå felter med indrykning under")])
    clash = [Problem(path, _line(data, [name], line), name, "feltet skrives ikke i filen; slet linjen") for name in given if name in data]
    if clash:
        raise ContentError(clash)
    try:
        return model.model_validate({**plain(data), **given})
    except ValidationError as error:
        raise ContentError([_problem(model, data, path, line, detail) for detail in error.errors()]) from error


def line_of(path: Path, location: Sequence[int | str]) -> int:
    """The 1-based line in `path` of the deepest part of `location` that stands there."""
    return _line(read_yaml(path), location, 1)


def plain(node: Any) -> Any:
    """`node` without ruamel's wrappers."""
    if isinstance(node, CommentedMap):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [plain(value) for value in node]
    return node


class _WithoutComments(RoundTripConstructor):
    comment_handling = None


def _load(text: str) -> Any:
    """The YAML in `text`, positions kept: by libyaml, nine times as fast as ruamel's own parser, which reads what libyaml cannot.

    That is a question mark in `[her?]`, for one. Raises YAMLError.
    """
    fast = YAML(typ="rt")
    fast.Parser, fast.Constructor = CParser, _WithoutComments
    fast.Reader = fast.Scanner = None
    try:
        return fast.load(text)
    except YAMLError:
        return YAML(typ="rt").load(text)


def _problem(model: type[BaseModel], data: CommentedMap, path: Path, line: int, detail: ErrorDetails) -> Problem:
    location = list(detail["loc"])
    field = ".".join(str(part + 1) if isinstance(part, int) else part for part in location)
    return Problem(path, _line(data, location, line), field, _mend(model, detail))


def _line(data: CommentedMap | CommentedSeq, location: Sequence[int | str], line: int) -> int:
    """The 1-based line of the deepest part of `location` that stands in the file; `line` if none does."""
    node = data
    for part in location:
        try:
            position = node.lc.item(part) if isinstance(node, CommentedSeq) else node.lc.key(part)
            line, node = position[0] + 1, node[part]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
    return line


def _mend(model: type[BaseModel], detail: ErrorDetails) -> str:
    name, kind, context = str(detail["loc"][-1]) if detail["loc"] else "", detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(name, model.model_fields, n=1)
        return f"ukendt felt; mente du «{close[0]}»?" if close else "ukendt felt; slet linjen"
    if kind == "value_error":
        return str(context["error"])
    mends = {
        "missing": f"feltet mangler; tilføj «{name}: …»",
        "string_type": "her skal stå tekst; sæt den i anførselstegn",
        "string_too_short": "må ikke være tom",
        "too_long": f"der er for mange; højst {context.get('max_length')}",
        "dict_type": "her skal stå navne med indrykning under",
        "too_short": "listen er tom; skriv mindst én linje med «- » foran",
        "string_too_long": f"er for lang; højst {context.get('max_length')} tegn",
        "tuple_type": "her skal stå en liste med «- » foran hver linje",
        "date_from_datetime_parsing": "skriv datoen som 2026-11-20",
        "date_type": "skriv datoen som 2026-11-20",
        "date_parsing": "skriv datoen som 2026-11-20",
        "bool_parsing": "skriv true eller false",
        "float_parsing": "skriv et tal uden punktum eller mellemrum, fx 50000 eller 2.5",
        "float_type": "skriv et tal uden punktum eller mellemrum, fx 50000 eller 2.5",
        "model_type": "her skal stå felter med indrykning under",
    }
    return mends.get(kind, detail["msg"])
