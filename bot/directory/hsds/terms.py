"""Our own words in HSDS: the taxonomies that say what HSDS 3.0 has no field for, as attributes of services, phones and locations."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Protocol
from uuid import UUID, uuid5

from bot.directory.vocabulary import NEEDS, WHOM

# Made once. Another one would give every service of ours another identifier.
NAMESPACE = UUID("5188947f-0c37-495a-8c80-93728d0d3720")
YES_NO = {
    "anonymous": "Man kan være anonym",
    "free": "Det er gratis",
    "cpr_required": "Man skal have CPR-nummer eller gult kort",
    "residence_required": "Man skal have opholdstilladelse",
    "eu_migrants": "Også for migranter fra EU",
    "walk_in": "Man kan komme uden aftale",
    "interpreter": "Der er tolk",
    "reports_to_authorities": "Stedet giver oplysninger videre til myndigheder",
}
_TAXONOMIES: dict[str, tuple[str, dict[str, str]]] = {
    "needs": ("Det, stedet hjælper med", NEEDS),
    "for_whom": ("Dem, stedet er for", {word: word.capitalize() for word in WHOM}),
    "fields": (
        "Egne felter",
        {
            **YES_NO,
            "women_only": "Kun for kvinder",
            "id": "Vejvisers navn for stedet",
            "alternate_names": "Kaldes også",
            "note": "Det, man bør vide først",
            "confidence": "Hvor sikker oplysningen er",
            "as_of": "År for en ældre oplysning",
            "opening_hours": "Åbningstid, som OpenStreetMap skriver den",
            "hours_text": "Åbningstid med ord",
            "hours_as_of": "År for ældre åbningstider",
            "description": "Beskrivelse",
            "area": "Bydel",
            "source_title": "Kilde",
            "source_url": "Kildens adresse",
            "assured_date": "Sidst holdt op mod kilden",
            "confirmed_by": "Bekræftet af",
            "confirmed_on": "Bekræftet den",
        },
    ),
}


class Attribute(Protocol):
    """An attribute that was read."""

    @property
    def term(self) -> str | None:
        """The identifier of its taxonomy term."""

    @property
    def value(self) -> str | None:
        """What it says beyond the term."""


def uuid(*parts: str) -> str:
    """Our identifier of what `parts` name: the same each time."""
    return str(uuid5(NAMESPACE, "/".join(parts)))


def taxonomy_id(taxonomy: str) -> str:
    """The identifier of one of our taxonomies: `needs`, `for_whom` or `fields`."""
    return uuid("taxonomy", taxonomy)


def term_id(taxonomy: str, code: str) -> str:
    """The identifier of the term `code` in one of our taxonomies."""
    return uuid("term", taxonomy, code)


def attribute(entity: str, link: str, taxonomy: str, code: str, value: str | None = None) -> dict[str, Any]:
    """An HSDS attribute that says `code` (and `value`) of the `entity` with the identifier `link`."""
    term = _term(taxonomy, code)
    return {
        "id": uuid("attribute", link, taxonomy, code, value or ""),
        "link_id": link,
        "link_entity": entity,
        "taxonomy_term_id": term["id"],
        **({} if value is None else {"value": value}),
        "taxonomy_term": term,
    }


def said(attributes: Iterable[Attribute]) -> dict[str, dict[str, list[str]]]:
    """What `attributes` say in our words: values by code, by taxonomy. What others say is left out."""
    found: dict[str, dict[str, list[str]]] = {taxonomy: {} for taxonomy in _TAXONOMIES}
    for one in attributes:
        if known := _CODES.get(one.term or ""):
            taxonomy, code = known
            found[taxonomy].setdefault(code, []).append(one.value or "")
    return found


@cache
def _term(taxonomy: str, code: str) -> dict[str, Any]:
    title, names = _TAXONOMIES[taxonomy]
    identifier, name = taxonomy_id(taxonomy), f"Vejviser: {title}"
    return {
        "id": term_id(taxonomy, code),
        "code": code,
        "name": names[code],
        "description": f"{title}: {names[code]}",
        "taxonomy": name,
        "taxonomy_id": identifier,
        "taxonomy_detail": {"id": identifier, "name": name, "description": title},
        "language": "da",
    }


_CODES = {term_id(taxonomy, code): (taxonomy, code) for taxonomy, (_, names) in _TAXONOMIES.items() for code in names}
