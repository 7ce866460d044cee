"""All that may be asked and said, read from the folder `data`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from ruamel.yaml.comments import CommentedMap

from bot.topics.guides import Guide
from bot.topics.model import Fact, InventoryEntry, Language, Topic
from bot.topics.yaml_file import ContentError, Problem, parse, read_yaml

Entry = TypeVar("Entry", Fact, InventoryEntry, Language)


@dataclass(frozen=True)
class Content:
    """Topics, guides and figures by id, other languages by their ISO 639-1 code.

    The inventory says what ought to be there, by area, then id.
    """

    root: Path
    topics: dict[str, Topic]
    facts: dict[str, Fact]
    inventory: dict[str, dict[str, InventoryEntry]]
    guides: dict[str, Guide] = field(default_factory=dict)
    languages: dict[str, Language] = field(default_factory=dict)


class Library:
    """The content in use. Readers take `content` anew each time; `renew` replaces it whole, or not at all."""

    def __init__(self, content: Content) -> None:
        self.content = content

    def renew(self) -> None:
        """Reads the files again. Raises ContentError, and keeps what it has, when they cannot be used."""
        self.content = load(self.content.root)


def load(root: Path) -> Content:
    """The content under `root`. What was read last is given again while the files are the same: a training reads them three times.

    Raises ContentError with every mistake of every file.
    """
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.yml")):
        digest.update(str(path).encode() + b"\0")
        with suppress(OSError):  # told with the other mistakes
            digest.update(path.read_bytes() + b"\0")
    return _read(root, digest.digest())


@lru_cache(maxsize=1)
def _read(root: Path, digest: bytes) -> Content:
    problems: list[Problem] = []
    inventory: dict[str, dict[str, InventoryEntry]] = {}
    facts: dict[str, Fact] = {}
    topics: dict[str, Topic] = {}
    guides: dict[str, Guide] = {}
    languages: dict[str, Language] = {}
    with _gathering(problems):
        path = root / "topics.yml"
        for area, entries in read_yaml(path).items():
            with _gathering(problems):
                inventory[area] = _read_entries(InventoryEntry, entries, path, problems)
    with _gathering(problems):
        facts = _read_entries(Fact, read_yaml(root / "facts.yml"), root / "facts.yml", problems)
    if inventory:
        for path in sorted((root / "topics").glob("*/*.yml")):
            with _gathering(problems):
                topics[path.stem] = read_topic(path, inventory)
    for path in sorted((root / "guides").glob("*.yml")):
        with _gathering(problems):
            guides[path.stem] = parse(Guide, read_yaml(path), path, id=path.stem, path=path)
    if (path := root / "languages.yml").exists():
        with _gathering(problems):
            languages = _read_entries(Language, read_yaml(path), path, problems)
    if problems:
        raise ContentError(problems)
    return Content(root, topics, facts, inventory, guides, languages)


def read_topic(path: Path, inventory: dict[str, dict[str, InventoryEntry]]) -> Topic:
    """The topic in the file `<area>/<id>.yml`.

    Raises ContentError when the file cannot be used or its place is not in the inventory.
    """
    area = path.parent.name
    entry = inventory.get(area, {}).get(path.stem)
    if entry is None:
        mend = f"«{path.stem}» står ikke under «{area}» i data/topics.yml; ret filens navn eller mappe"
        raise ContentError([Problem(path, 1, "", mend)])
    return parse(Topic, read_yaml(path), path, id=path.stem, area=area, kind=entry.kind, path=path)


def _read_entries(model: type[Entry], entries: CommentedMap, path: Path, problems: list[Problem]) -> dict[str, Entry]:
    if not isinstance(entries, CommentedMap):
        raise ContentError([Problem(path, 1, "", "her skal stå navne med indrykning under")])
    read = {}
    for name, fields in entries.items():
        with _gathering(problems):
            read[name] = parse(model, fields, path, entries.lc.key(name)[0] + 1)
    return read


@contextmanager
def _gathering(problems: list[Problem]) -> Iterator[None]:
    try:
        yield
    except ContentError as error:
        problems += error.problems
