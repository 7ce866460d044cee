"""The parts of Copenhagen that people name when they look for a place."""

from __future__ import annotations

import re
from functools import cache
from math import hypot

from bot.topics.text import folded

# How each part is spoken of: what stands before its name, and other words for it or for places in it.
_SPOKEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "Indre By": ("i", ("indre by", "indreby", "centrum", "strøget", "nørreport", "københavn k", "kbh k")),
    "Vesterbro": (
        "på",
        ("vesterbro", "vestebro", "vesterbo", "istedgade", "kødbyen", "halmtorvet", "hovedbanegården", "københavn v", "kbh v"),
    ),
    "Nørrebro": ("på", ("nørrebro", "nørebo", "nørrebrogade", "blågårds plads", "københavn n", "kbh n")),
    "Østerbro": ("på", ("østerbro", "østebro", "nordhavn", "københavn ø", "kbh ø")),
    "Amager": ("på", ("amager", "amar", "sundholm", "ørestad", "islands brygge", "københavn s", "kbh s")),
    "Christianshavn": ("på", ("christianshavn", "kristianshavn", "christiania")),
    "Nordvest": ("i", ("nordvest", "nord vest", "nv", "københavn nv", "kbh nv")),
    "Valby": ("i", ("valby",)),
    "Vanløse": ("i", ("vanløse",)),
    "Brønshøj": ("i", ("brønshøj", "husum", "tingbjerg")),
    "Sydhavn": ("i", ("sydhavn", "sydhavnen", "kongens enghave", "kgs enghave", "københavn sv", "kbh sv")),
    "Bispebjerg": ("på", ("bispebjerg",)),
    "Frederiksberg": ("på", ("frederiksberg", "frb", "frberg")),
}
AREAS = tuple(_SPOKEN)
# The middle of each part, in degrees north and east, good to some hundred metres: nobody is asked where they are.
_CENTROIDS = {
    "Indre By": (55.681, 12.577),
    "Vesterbro": (55.668, 12.550),
    "Nørrebro": (55.694, 12.549),
    "Østerbro": (55.706, 12.577),
    "Amager": (55.655, 12.610),
    "Christianshavn": (55.673, 12.594),
    "Nordvest": (55.706, 12.535),
    "Valby": (55.661, 12.515),
    "Vanløse": (55.684, 12.488),
    "Brønshøj": (55.704, 12.497),
    "Sydhavn": (55.648, 12.537),
    "Bispebjerg": (55.713, 12.536),
    "Frederiksberg": (55.678, 12.522),
}
_KM_NORTH, _KM_EAST = 111.3, 62.8  # of one degree, at Copenhagen's latitude
_NEAR_KM = 1.0
FAR = 1000.0


def area_in(text: str) -> str | None:
    """The first area that `text` names, in whatever spelling; None when it names none."""
    match = _PATTERN.search(_plain(text))
    return _ALIASES[match[1]] if match else None


def without_area(text: str) -> str:
    """`text` in lower case and plain letters, without the areas that it names."""
    return _PATTERN.sub(" ", _plain(text))


def elsewhere_in(text: str) -> str | None:
    """The first town outside the city, Danish or one of `ABROAD`, that `text` names as a place to be in; None when it names none."""
    match = _ELSEWHERE.search(_plain(text))
    return _TOWNS[match[1]] if match else None


def near(area: str | None, other: str | None) -> bool:
    """Whether a place in `area` is near for somebody who asks for `other`; a place of unknown area is not."""
    return area is not None and other is not None and distance(area, other) <= _NEAR_KM


@cache
def distance(area: str, other: str) -> float:
    """How many kilometres it is from the middle of one part of the city to that of another, as the crow flies."""
    (north, east), (other_north, other_east) = _CENTROIDS[area], _CENTROIDS[other]
    return hypot((north - other_north) * _KM_NORTH, (east - other_east) * _KM_EAST)


def away(area: str | None, other: str | None) -> float:
    """The kilometres from `other` to a place in `area`; beyond all others when one is unknown."""
    return distance(area, other) if area and other else FAR


def told(area: str) -> str:
    """`area` as it stands in a sentence: `på Amager`, `i Valby`."""
    return f"{_SPOKEN[area][0]} {area}"


def _plain(text: str) -> str:
    """`text` without what hurried writers leave out: å, ø and æ as a, o and a, no doubled letter."""
    text = folded(text)
    for digraph, letter in (("ae", "a"), ("oe", "o"), ("aa", "a")):
        text = text.replace(digraph, letter)
    return _DOUBLED.sub(r"\1", text)


_DOUBLED = re.compile(r"([a-z])\1+")
_ALIASES = {_plain(alias): area for area, (_, aliases) in _SPOKEN.items() for alias in aliases}
_PATTERN = re.compile(r"\b(" + "|".join(sorted(_ALIASES, key=len, reverse=True)) + r")s?\b")
# Towns of other countries that people who sell sex here come from, go to or live in.
ABROAD = frozenset(
    ["Malmø", "Helsingborg", "Gøteborg", "Stockholm", "Oslo", "Hamborg", "Flensborg", "Berlin", "Amsterdam", "London", "Warszawa", "Nuuk"]
)
_TOWNS = {
    _plain(town): town
    for town in [
        *ABROAD,
        "Aarhus",
        "Odense",
        "Aalborg",
        "Esbjerg",
        "Randers",
        "Kolding",
        "Horsens",
        "Vejle",
        "Roskilde",
        "Herning",
        "Silkeborg",
        "Hørsholm",
        "Helsingør",
        "Næstved",
        "Viborg",
        "Fredericia",
        "Køge",
        "Holstebro",
        "Taastrup",
        "Slagelse",
        "Hillerød",
        "Sønderborg",
        "Svendborg",
        "Hjørring",
        "Holbæk",
        "Frederikshavn",
        "Nørresundby",
        "Ringsted",
        "Haderslev",
        "Skive",
        "Ølstykke",
        "Nykøbing",
        "Nyborg",
        "Aabenraa",
        "Kalundborg",
        "Lyngby",
        "Ballerup",
        "Rødovre",
        "Hvidovre",
        "Gentofte",
        "Gladsaxe",
        "Glostrup",
        "Brøndby",
        "Albertslund",
        "Ishøj",
        "Greve",
        "Herlev",
        "Tårnby",
        "Dragør",
        "Furesø",
        "Allerød",
        "Birkerød",
        "Rudersdal",
        "Frederikssund",
        "Bornholm",
        "Rønne",
        "Lolland",
        "Maribo",
        "Nakskov",
        "Vordingborg",
        "Thisted",
        "Jylland",
        "Fyn",
    ]
}
_ELSEWHERE = re.compile(r"\b(?:i|pa|fra|ved|til|er) (" + "|".join(sorted(_TOWNS, key=len, reverse=True)) + r")\b(?! hospital)")
