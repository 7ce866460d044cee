"""Days, parts of the day and clock times as people type them in Danish, and simply in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.directory.told import WEEKDAYS

PARTS = ("morning", "afternoon", "evening", "night")
# As `_plain` spells: å, æ and ø as a, a and o, no letter doubled.
_DAYS = {
    "today": r"i ?dag|today",
    "tomorrow": r"i ?mor(?:gen|gn|gne|en|egn|ren)|tomor?ow|morgen(?= tidlig)",
    "overmorrow": r"(?:i )?overmor(?:gen|gn|gne|en|egn|ren)|(?:the )?day after tomor?ow",
    "weekend": r"we+kn?e?n?d(?:en|er|erne)?",
    "MO": "man?dag|manda|mandg|monday",
    "TU": "tir?s?dag|tirsda|tirsdg|tuesday",
    "WE": "on?s?dag|onsda|onsdg|wednesday",
    "TH": "tor?s?dag|torsda|torsdg|thursday",
    "FR": "fr?edag|freda|fredg|fregad|friday",
    "SA": "lor?dag|lorda|lordg|saturday",
    "SU": "son?dag|sonda|sondg|sunday",
}
_PARTS = {
    "evening": r"(?:i ?|(?:her )?til )(?:aften|aftn|aftne|afen|afetn)|aftenen|aftnen|aftenabent?|tonight|tonite|(?:this|in the) evening",
    "night": r"(?:i ?|(?:her )?til |hele )nat|naten(?! til i ?dag)|natabent?|(?:at|in the) night",
    "afternoon": r"eftermi?dag(?:en)?|(?:this|in the) afternon",
    "morning": r"for?mi?dag(?:en)?|morgenen|(?:her )?til morgen|(?:this|in the) morning",
}
# What is a part of the day only beside a day: «lørdag aften», but not «god aften».
_BESIDE_A_DAY = {
    **{"aften": "evening", "nat": "night", "morgen": "morning", "tidlig": "morning", "tidligt": "morning"},
    **{"evening": "evening", "night": "night", "morning": "morning", "afternon": "afternoon"},
}
_BOUNDS = {
    **{"efter": "after", "after": "after", "fra": "after"},
    **{"for": "before", "inden": "before", "til": "before", "indtil": "before", "before": "before"},
}
_NUMBERS = ("et", "to", "tre", "fire", "fem", "seks", "syv", "ote", "ni", "ti", "eleve", "tolv")
_CLOCK = (
    rf"(?:(?P<bound>{'|'.join(_BOUNDS)}) (?:(?:ca|cirka|omkring)\.? )?)?"
    r"(?:(?P<midnight>midnat|midnight)|(?P<mark>k(?:l|lk|lok|loke|loken)[.: ]{0,2})?(?P<fraction>halv |kvart over |kvart i )?"
    rf"(?P<hour>\d\d?|{'|'.join(_NUMBERS)})(?:(?P<point>[.:]?)(?P<minute>[0-5]\d))?(?P<unit> ?[ap]m| ?-?tiden)?(?![.:]?\d))"
)
_HOUR = 60
# «om to timer», in minutes.
_SPANS = {"en halv time": 30, "halv time": 30, "half an hour": 30, "et kvarter": 15, "halvanden time": 90}
_COUNTS = {"en": 1, "an": 1, "one": 1, "two": 2, "et par": 2, **{word: number for number, word in enumerate(_NUMBERS, 1)}}
_LATER = (
    rf"(?:om|in) (?:(?:ca|cirka)\.? )?(?:(?P<span>{'|'.join(_SPANS)})"
    rf"|(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)}) ?(?:(?P<hours>timer?|t|hours?)|(?:minut(?:er)?|minutes?|min)))"
)
_LATEST = 12 * _HOUR
_PIECE = re.compile(
    # The first letters, looked at before anything else, save half of the time.
    r"(?<!\w)(?=[\dabdefhiklmnostw])(?<!god )(?<!sidste )(?<!siden )(?:"
    + "|".join(
        [
            r"(?P<now>(?:nu|now)(?<!hvad nu)(?<!hvis nu)(?! hvor\b| hvis\b))",
            rf"(?P<eve>naten til(?= (?:i ?morgen|{'|'.join(_DAYS[code] for code in WEEKDAYS)})))",
            f"(?P<later>{_LATER})",
            *(f"(?P<{name}>{words})" for name, words in _PARTS.items()),
            *(f"(?P<{name}>(?:{words}){'(?:en)?' if name in WEEKDAYS else ''})" for name, words in _DAYS.items()),
            f"(?P<beside>{'|'.join(_BESIDE_A_DAY)})",
            f"(?P<clock>{_CLOCK})",
        ]
    )
    + r")(?!\w)"
)
# «efter 20?», but not «efter 20 minutter»
_SAYS_NO_MORE = re.compile(r" ?(?:[?!., ]*$|(?:i|om) (?:aften|nat|dag|morgen|natten|eftermidagen)\b)")
_QUARTERS = ("00", "15", "30", "45")
# How many letters may stand between what belongs together: «i morgen, gerne efter kl 20».
_CLOSE = 10
_DOUBLED = re.compile(r"([a-z])\1+")
_PLAIN_LETTERS = (("æ", "a"), ("ø", "o"), ("å", "a"), ("ae", "a"), ("oe", "o"), ("aa", "a"))


@dataclass
class Spoken:
    """What is said of a time in one go: what is not said is None.

    `day`: now, today, tomorrow, overmorrow, weekend or a weekday; `part` of the day; `clock`: hour and minute, from hour 24 on of the day
    after; `bound`: after or before that; `later`: minutes from now. `eve`: the night that ends on the day is meant.
    """

    day: str | None = None
    part: str | None = None
    clock: tuple[int, int] | None = None
    bound: str | None = None
    later: int | None = None
    eve: bool = False

    def says(self) -> int:
        """How much is said; «nu» says nothing beside anything else."""
        return sum(said not in (None, "now") for said in (self.day, self.part, self.clock, self.later))


def spoken_in(text: str) -> Spoken | None:
    """The time that `text` says most of, the first one where it says as much of several; None when it says nothing of time."""
    found = max(_said(_plain(text)), key=Spoken.says, default=None)
    if found and found.clock:
        found.clock = _settled(found.clock, found)
    return found


def _said(plain: str) -> Iterator[Spoken]:
    said, end = Spoken(), -_CLOSE
    for match in _PIECE.finditer(plain):
        field, value = _meaning(match)
        if value is None:
            continue
        if match.start() - end > _CLOSE or getattr(said, field) not in (None, False, "now"):
            if said != Spoken():
                yield said
            said = Spoken()
        if match["beside"] and said.day in (None, "now"):
            continue
        setattr(said, field, value)
        if match["bound"]:
            said.bound = _BOUNDS[match["bound"]]
        end = match.end()
    if said != Spoken():
        yield said


def _meaning(match: re.Match[str]) -> tuple[str, str | tuple[int, int] | int | None]:
    """The field of `Spoken` that a piece is for, and what stands there."""
    name = str(match.lastgroup)
    if name == "clock":
        return name, _clock(match)
    if name == "later":
        return name, _later(match)
    if name == "beside":
        return "part", _BESIDE_A_DAY[match[0]]
    return ("eve", True) if name == "eve" else ("part" if name in PARTS else "day", name)


def _later(match: re.Match[str]) -> int | None:
    """Minutes from now; None for none, and for more than half a day, which nobody counts in hours."""
    if span := match["span"]:
        return _SPANS[span]
    count = match["count"]
    minutes = (int(count) if count.isdigit() else _COUNTS[count]) * (_HOUR if match["hours"] else 1)
    return minutes if 0 < minutes < _LATEST else None


def _clock(match: re.Match[str]) -> tuple[int, int] | None:
    """The hour and minute of a number; None when it is none of the clock's."""
    if match["midnight"]:
        return 24, 0
    told, mark, fraction, minute, unit = match.group("hour", "mark", "fraction", "minute", "unit")
    in_digits = told.isdigit()
    certain = mark or unit or (match["point"] == ":" if in_digits else fraction)
    if not (certain or (match["bound"] in ("efter", "inden") and _SAYS_NO_MORE.match(match.string, match.end()))):
        return None
    hour = int(told) if in_digits else _NUMBERS.index(told) + 1
    if hour > 24 or (minute and not match["point"] and minute not in _QUARTERS):
        return None
    if unit and unit.endswith("m"):
        hour = hour % 12 + (12 if unit.endswith("pm") else 0)
    minutes = hour * 60 + int(minute or 0) + {"halv ": -30, "kvart over ": 15, "kvart i ": -15, None: 0}[fraction]
    return divmod(minutes % (24 * 60) or minutes, 60)


def _settled(clock: tuple[int, int], said: Spoken) -> tuple[int, int]:
    """`clock` on the twenty-four hours that the part of the day leaves: «klokken seks i aften» is 18."""
    hour, minute = clock
    first_of_twelve = {"afternoon": 1, "evening": 5, "night": 9}.get(said.part or "", 13)
    if first_of_twelve <= hour < 12 or (hour == 12 and said.part in ("evening", "night")):
        return hour + 12, minute
    return (hour + 24, minute) if said.part == "night" and hour < 6 else clock


def _plain(text: str) -> str:
    """`text` in lower case, with what typists differ in left out: å, æ and ø as a, a and o, no letter doubled, single spaces."""
    plain = " ".join(text.casefold().split())
    for letters, letter in _PLAIN_LETTERS:
        plain = plain.replace(letters, letter)
    return _DOUBLED.sub(r"\1", plain)
