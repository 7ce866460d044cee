"""Birth dates, in digits and in words. A year or an age alone tells little and stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.personal.spoken import NUMBER_WORD
from bot.privacy.personal.text import Span, Text

_UNITS = r"(?:en|et|to|tre|fire|fem|seks|syv|otte|ni)"
_ORDINAL_WORD = (
    r"(?:første|anden|andet|tredj?e|fjerde|femte|sjette|syvende|ottende|niende|tiende|ell?evte|tolvte|trettende|fjortende|femtende|sekstende|"
    rf"syttende|attende|nittende|(?:(?:{_UNITS}|ott) ?og ?)?(?:tyvende|tredivte|tredivete))"
)
_DAY = rf"(?:{_ORDINAL_WORD}|\d{{1,2}}(?:\.|st|nd|rd|th)?)"
_MONTH = (
    r"(?:jan(?:uar|uary)?|feb(?:ruar|ruary)?|mar(?:ts|ch)?|apr(?:il)?|maj|may|jun[ie]?|jul[iy]?|aug(?:ust)?|sep(?:t|tember)?|o[kc]t(?:ober)?|"
    r"nov(?:ember)?|de[cs](?:ember)?)\b\.?"
)
# nitten hundrede og fireoghalvfems, nitten fireoghalvfems, to tusind og tre, fireoghalvfems
_CENTURY = r"(?:nitten|tyve|to|nineteen)(?: ?hundrede?| ?tusinde?)?(?: ?og)?"
_YEAR_IN_WORDS = rf"(?:{_CENTURY} ?{NUMBER_WORD}|(?:nitten ?hundrede?|to ?tusinde?)|{NUMBER_WORD})"
_YEAR = rf"(?:'?\d{{4}}|'?\d\d|{_YEAR_IN_WORDS})"
_BIG_YEAR = rf"(?:'?\d{{4}}|'\d\d|\d\d|nitten ?(?:hundrede? ?)?(?:og ?)?{NUMBER_WORD}|to ?tusinde?(?: ?og ?{NUMBER_WORD})?)"
_LINK = r"(?: ?,? ?(?:i |år |of |in )?| ?\. ?)"
_DATE = "|".join(
    (
        r"\d{1,2} ?[./ -] ?\d{1,2}(?: ?[./ -] ?(?:\d{4}|'?\d\d))?",
        r"\d{4} ?[./-] ?\d{1,2} ?[./-] ?\d{1,2}",
        r"\d{8}|\d{6}",
        rf"(?:(?:lille)?juleaften|nytårsaften|nytårsdag|juledag|sankt ?hans ?aften|skudårsdag(?:en)?)(?:{_LINK}{_YEAR})?",
        rf"{_DAY} ?(?:dag )?(?:i |of )?{_MONTH}(?: måned)?(?:{_LINK}{_YEAR})?",
        rf"{_MONTH}(?: the)? \d{{1,2}}(?:st|nd|rd|th)?(?:,? ?\d{{4}})?(?!\d)",
        rf"{_MONTH}(?: måned)?{_LINK}{_BIG_YEAR}",
        rf"(?:{_ORDINAL_WORD}|\d{{1,2}}\.)(?: dag)?(?: i)?(?: den)? {_DAY}(?: måned)?(?:{_LINK}{_YEAR})?",
    )
)
_BORN = (
    r"(?:\bfødt\w*|\bfoedt\w*|\bfodt\b|\bfødsels? ?da\w*|\bfoedsels? ?da\w*|\bfødsda\w*|\bbirth ?da(?:y|te)\b|\bdate of birth|"
    r"\bd\.?o\.?b\b|\bborn\b|\bfyld(?:er|te)(?: år| \d{1,2}(?: år)?| rundt)?\b|\bbliver \d{1,2}(?: år)?\b|\bf\.(?: ?d\.)?|"
    r"\bjeg er fra(?= \d)|\bfdato\b|\bgeboren|\bnăscut\w*|\bnascut\w*|\burodzon\w*)"
)
_BETWEEN = (
    r"(?:[ .,:=()?-]|\b(?:er|var|den|d|dag|dato|datoen|blev|jeg|han|hun|min|mit|en|i|on|the|is|was|in|og|opvokset|her|hjemme|altid|"
    r"falder|på|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|morgen|overmorgen|snart|næste|uge|om|slutningen|starten|af|"
    r"københavn|danmark|rumænien|polen|nigeria|thailand|ungarn|grønland)\b){0,12}"
)
_WHOSE = r"(?:min|mit|hans|hendes|my|jeg|han|hun)"
_BEFORE_BIRTH = (
    rf"(?= ?[,(]? ?(?:er|var|is|blev|har)? ?{_WHOSE}? ?(?:er|blev)? ?{_WHOSE}? ?"
    r"(?:født|fødsels?da\w*|fødsda\w*|birthday|birth ?date))"
)
_BIRTH = re.compile(rf"{_BORN}{_BETWEEN}(?<![^\W_])(?P<date>{_DATE})(?![^\W_])")
_DATE_OF_BIRTH = re.compile(rf"(?<![^\W_])(?P<date>{_DATE})(?![^\W_]){_BEFORE_BIRTH}")
_TWO_NUMBERS = re.compile(r"(\d{1,2}) ?[./ -] ?(\d{1,2})")
_DAYS, _MONTHS = 31, 12


def find_births(text: Text) -> Iterator[Span]:
    """Birth dates in `text`: dates beside a word of birth."""
    for pattern in (_BIRTH, _DATE_OF_BIRTH):
        for match in pattern.finditer(text.plain):
            if _is_date(match["date"]):
                yield Span(*match.span("date"), "birthdate")


def _is_date(found: str) -> bool:
    numbers = _TWO_NUMBERS.fullmatch(found)
    return numbers is None or (1 <= int(numbers[1]) <= _DAYS and 1 <= int(numbers[2]) <= _MONTHS)
