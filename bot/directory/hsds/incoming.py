"""What every way in from other directories has in common: ids, age, short texts, and mistakes told in Danish."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.directory.fields import MOST_WORDS
from bot.directory.records import ServiceRecord, SourceRecord
from bot.topics.text import folded, words

_LONGEST_SLUG = 71  # with a hyphen and eight digits it is a service id
_FRESH = timedelta(days=548)  # 18 months
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)")
_TAG = re.compile(r"<[^>]*>")

Location = tuple[int | str, ...]


@dataclass(frozen=True)
class Defaults:
    """What an admin says of a source: what its services help with and for whom, unless they say so, and what it is called.

    `taken` are ids that belong to services of other sources.
    """

    needs: tuple[str, ...] = ()
    for_whom: tuple[str, ...] = ()
    source: SourceRecord | None = None
    taken: frozenset[str] = frozenset()


def service_ids(named: Sequence[tuple[str, UUID]], taken: frozenset[str]) -> list[str]:
    """An id for each (name, identifier): the name in plain letters, with the identifier's first eight digits where that is not enough.

    The same services get the same ids in any order.
    """
    slugs = [slug(name) for name, _ in named]
    often = Counter(slugs)
    return [
        one if often[one] == 1 and one not in taken else f"{one}-{identifier.hex[:8]}"
        for one, (_, identifier) in zip(slugs, named, strict=True)
    ]


def slug(name: str) -> str:
    """`name` as the beginning of a service id."""
    return "-".join(re.findall(r"[a-z0-9]+", folded(name)))[:_LONGEST_SLUG].strip("-") or "sted"


def age(told: date, today: date) -> dict[str, str]:
    """`confidence` and `as_of` of what was last told on the day `told`: after 18 months it is old."""
    return {"confidence": "sikker"} if today - told <= _FRESH else {"confidence": "ældre", "as_of": str(told.year)}


def shortened(text: str) -> str:
    """`text` without HTML, and as much of its beginning as a record holds: whole sentences if possible.

    HSDS' field guidance, "Names and Descriptions": a description may hold HTML, and its first sentence is the short description.
    """
    plain = " ".join(unescape(_TAG.sub(" ", text)).split())
    if _fits(plain):
        return plain
    return _longest(_SENTENCE.findall(plain)) or f"{_longest(plain.split()).rstrip('.,;:')}…"


def mistakes(error: ValidationError) -> Iterator[tuple[Location, str]]:
    """Where each mistake is and how to mend it (Danish)."""
    return ((detail["loc"], _mend(detail)) for detail in error.errors(include_url=False))


def checked(fields: dict[str, Any]) -> ServiceRecord:
    """A record of the `fields` that hold something. Raises ValidationError."""
    return ServiceRecord.model_validate({name: value for name, value in fields.items() if value not in (None, "", (), [])})


def source_of(defaults: Defaults, name: str) -> SourceRecord:
    """The source that an admin named, or else the file's `name`."""
    return defaults.source or SourceRecord(title=name)


def _fits(text: str) -> bool:
    return len(words(text)) <= MOST_WORDS


def _longest(parts: Iterable[str]) -> str:
    """As many of the first `parts` as a record holds."""
    taken = ""
    for part in parts:
        longer = f"{taken} {part.strip()}".strip()
        if not _fits(longer):
            break
        taken = longer
    return taken


def _mend(detail: ErrorDetails) -> str:
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"])
    return _MENDS.get(detail["type"], "kan ikke bruges her")


_MENDS = {
    "missing": "mangler",
    "string_type": "skal være tekst",
    "string_too_short": "må ikke være tom",
    "tuple_type": "skal være en liste",
    "model_type": "skal være et objekt",
    "float_type": "skal være et tal",
    "float_parsing": "skal være et tal",
    "finite_number": "skal være et tal",
    "uuid_type": "skal være et UUID, fx 5c4d79d7-cc55-470e-9f1f-8cad074e4892",
    "uuid_parsing": "skal være et UUID, fx 5c4d79d7-cc55-470e-9f1f-8cad074e4892",
    "bool_type": "skriv ja eller nej",
    "bool_parsing": "skriv ja eller nej",
    "date_type": "skriv datoen som 2026-11-20",
    "date_parsing": "skriv datoen som 2026-11-20",
    "date_from_datetime_parsing": "skriv datoen som 2026-11-20",
    "date_from_datetime_inexact": "skriv datoen som 2026-11-20",
}
