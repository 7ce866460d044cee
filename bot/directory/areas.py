"""The parts of Copenhagen that people name when they look for a place."""

from __future__ import annotations

import re

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
# Two names for much the same streets (2400 København NV).
_NEAR = frozenset({"Nordvest", "Bispebjerg"})


def area_in(text: str) -> str | None:
    """The first area that `text` names, in whatever spelling; None when it names none."""
    match = _PATTERN.search(_plain(text))
    return _ALIASES[match[1]] if match else None


def without_area(text: str) -> str:
    """`text` in lower case and plain letters, without the areas that it names."""
    return _PATTERN.sub(" ", _plain(text))


def elsewhere_in(text: str) -> str | None:
    """The first Danish town outside the city that `text` names as a place to be in; None when it names none."""
    match = _ELSEWHERE.search(_plain(text))
    return _TOWNS[match[1]] if match else None


def near(area: str | None, other: str | None) -> bool:
    """Whether a place in `area` is near for somebody who asks for `other`; a place of unknown area is not."""
    return area is not None and (area == other or {area, other} == _NEAR)


def told(area: str) -> str:
    """`area` as it stands in a sentence: `på Amager`, `i Valby`."""
    return f"{_SPOKEN[area][0]} {area}"


def _plain(text: str) -> str:
    """`text` without what hurried writers leave out: å, ø and æ as a, o and a, no doubled letter."""
    for digraph, letter in (("ae", "a"), ("oe", "o"), ("aa", "a")):
        text = folded(text).replace(digraph, letter)
    return re.sub(r"([a-z])\1+", r"\1", text)


_ALIASES = {_plain(alias): area for area, (_, aliases) in _SPOKEN.items() for alias in aliases}
_PATTERN = re.compile(r"\b(" + "|".join(sorted(_ALIASES, key=len, reverse=True)) + r")s?\b")
_TOWNS = {
    _plain(town): town
    for town in [
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
