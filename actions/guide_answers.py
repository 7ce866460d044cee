"""What a person's words or button say to a guide's question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from bot.directory.areas import area_in
from bot.topics.guides import DONT_KNOW, Guide, Question
from bot.topics.text import folded

STOP, AGAIN = "stop", "forfra"
ADULT = 18

_MOST_WORDS = 12
_FEW_WORDS = 5
_NEGATES = re.compile(r"\b(?:ikke|ik|ingen|uden|aldrig)\b")
_ASKS = re.compile(r"(?:hv\w+|kan|er der|skal|maa|findes|faar)\b")
_FILLERS = """
    jeg er har det en et den de du mig min mit vi vist nok bare kun lige sådan vil gerne helst på i til fra om at så øh tak
"""
_SAID = {
    STOP: "stop|afbryd|annuller|drop|slut|luk|stop spørgsmålene|stop spørgsmål|ikke mere|ikke svare|ikke svare mere|orker ikke mere",
    AGAIN: "forfra|start forfra|begynd forfra|start igen|prøv igen",
    DONT_KNOW: "ved ikke|ved ik|aner ikke|aner ik|måske|usikker|ikke sikker|dont know|ingen anelse",
}
_YES = "ja|jo|jep|jaa|jaja|yes|yep|jada|klart|ja fyldt|ja over"
_NO = "nej|næ|nå nej|nope|nix|no|ikke|ik|nej ikke|ikke endnu|nej ikke endnu|overhovedet ikke"
_AGE = re.compile(
    r"(?P<not_yet>(?:naesten|snart|ikke fyldt|ikke|under|knap) )?(?:ja )?(?:fyldt |over )?(?P<age>\d{1,2})(?: aar)?(?: gammel)?"
)
_AMOUNT = re.compile(r"(\d{1,3}(?:[. ]\d{3})+|\d+)(,\d+)?(?:,-)? ?(tusind\b|k\b|t\.? ?kr\b)?")
_AROUND_AMOUNT = re.compile(
    r"\b(?:cirka|ca|omkring|rundt|regnet|op|mellem|og|eller|får|faar|tjener|ind|løn|før skat|"
    r"kr|kroner|m(?:å|aa)ned\w*|md|mdr|hver|uge\w*|(?:å|aa)r\w*)\b"
)
_NOTHING = re.compile(r"\b(?:nul|ingenting|intet)\b")
_A_MONTH = ((re.compile(r"\buge(?:n|ntlig)?\b"), 52 / 12), (re.compile(r"\b(?:å|aa)r(?:et|ligt)?\b"), 1 / 12))
_LARGEST = 10_000_000


class Answer(NamedTuple):
    """The question and the value that was said; `bare` when nothing but the answer was."""

    question: str
    value: str
    bare: bool = True


def read(guide: Guide, asked: str, text: str, choice: str | None = None) -> Answer | None:
    """What `text`, or the button's `choice` (`guide:question:value`), answers; None when it is no answer to this guide.

    A button of an earlier question answers that one again. The values STOP and AGAIN are wishes to leave and to begin anew.
    """
    if choice is not None or text.startswith("/"):
        return _pressed(guide, asked, choice or "")
    core = _core(text)
    for value, ways in _SAID.items():
        if _is_one_of(core, ways.split("|")):
            return Answer(asked, value)
    if "forfra" in core.split() and len(core.split()) <= _FEW_WORDS:
        return Answer(asked, AGAIN)
    if guide.questions[asked].unit:
        amount = _amount(text.casefold())
        return Answer(asked, amount) if amount else None
    return _chosen(asked, guide.questions[asked], core)


def _pressed(guide: Guide, asked: str, choice: str) -> Answer | None:
    pressed_guide, _, rest = choice.partition(":")
    name, _, value = rest.partition(":")
    if pressed_guide != guide.id:
        return None
    if name in (STOP, AGAIN):
        return Answer(asked, name)
    question = guide.questions.get(name)
    return Answer(name, value) if question and value in {*question.choices, DONT_KNOW} else None


def _chosen(name: str, question: Question, core: str) -> Answer | None:
    if question.choices.keys() >= {"ja", "nej"} and (answer := _yes_or_no(name, core)):
        return answer
    for value, title in question.choices.items():
        if _is_one_of(core, (title, *question.words.get(value, ()))):
            return Answer(name, value)
    if _NEGATES.search(core) or _ASKS.match(core) or len(core.split()) > _MOST_WORDS:
        return None
    if name == "omraade" and (area := area_in(core)):
        return Answer(name, folded(area).replace(" ", "_"), bare=False)
    lengths = {value: _longest((title, *question.words.get(value, ())), core) for value, title in question.choices.items()}
    likeliest = [value for value, length in lengths.items() if length and length == max(lengths.values())]
    return Answer(name, likeliest[0], bare=False) if len(likeliest) == 1 else None


def _yes_or_no(name: str, core: str) -> Answer | None:
    if name == "alder" and (age := _AGE.fullmatch(core)):
        not_yet = age["not_yet"] and int(age["age"]) == ADULT
        return Answer(name, "nej" if int(age["age"]) < ADULT or not_yet else "ja")
    for value, ways in (("ja", _YES), ("nej", _NO)):
        if _is_one_of(core, ways.split("|")):
            return Answer(name, value)
    first, *rest = core.split() or [""]
    told_more = len(rest) < _MOST_WORDS and not {"men", "ja", "nej"} & set(rest) and not (first == "ja" and _NEGATES.search(core))
    return Answer(name, first, bare=False) if first in ("ja", "nej") and told_more else None


def _longest(ways: Iterable[str], core: str) -> int:
    """The length of the longest of `ways` that stands in `core`; 0 when none does."""
    return max((len(way) for way in map(_core, ways) if way and re.search(rf"\b{re.escape(way)}\b", core)), default=0)


def _core(text: str) -> str:
    """`text` without punctuation and without the words that say nothing."""
    return " ".join(word for word in folded(text).split() if word not in _FOLDED_FILLERS)


def _is_one_of(core: str, ways: Iterable[str]) -> bool:
    return core != "" and core in {_core(way) for way in ways}


def _number(number: str, decimals: str) -> float:
    return float(re.sub(r"\D", "", number) + decimals.replace(",", "."))


def _amount(said: str) -> str | None:
    """The largest amount in `said`, a month, as digits; None when it says anything else besides."""
    rest = _NOTHING.sub("", _AROUND_AMOUNT.sub("", _AMOUNT.sub("", said)))
    if _core(rest):
        return None
    if _NOTHING.search(said):
        return "0"
    a_month = next((times for period, times in _A_MONTH if period.search(said)), 1)
    found = [_number(number, decimals) * (1000 if thousand else 1) for number, decimals, thousand in _AMOUNT.findall(said)]
    amounts = [round(amount * a_month) for amount in found if amount <= _LARGEST]
    return str(max(amounts)) if amounts else None


_FOLDED_FILLERS = frozenset(map(folded, _FILLERS.split()))
