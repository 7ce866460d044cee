"""What a person's words or button say to a guide's question."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.directory.areas import area_in
from bot.topics.guides import DONT_KNOW, Guide, Question
from bot.topics.text import folded

STOP, AGAIN = "stop", "forfra"
ADULT = 18

_MOST_WORDS = 12
_NOT_YET = re.compile(r"\b(?:naesten|snart|ikke|under|knap|bliver|fylder)\b")
_YES = r"(?:ja|jo|jep|jaa|yes|jada|det er jeg|det har jeg)"
_NO = r"(?:nej|naeh|nope|nej tak|no|ikke|det er jeg ikke|det har jeg ikke)"
_SAID = {
    STOP: re.compile(r"^(?:stop|afbryd|annuller|drop det|hold op|slut|jeg vil ikke (?:mere|svare)|lad vaere)\b"),
    AGAIN: re.compile(r"\b(?:start |begynd )?forfra\b|\bstart igen\b"),
    DONT_KNOW: re.compile(r"\bved (?:jeg )?(?:det )?(?:ikke|ik)\b|\baner (?:det )?ikke\b|\busikker\b|\bmaaske\b|\bdont know\b"),
}
_AMOUNT = re.compile(r"(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,\d+)?\s*(k\b|tusind|t\.kr)?")
_A_MONTH = (("uge", 52 / 12), ("aar", 1 / 12))
_LARGEST = 10_000_000


def read(guide: Guide, asked: str, text: str, choice: str | None = None) -> tuple[str, str] | None:
    """The question and the value that `text`, or the button's `choice`, answers; None when it answers nothing.

    A button of an earlier question answers that one again. `(asked, STOP)` and `(asked, AGAIN)` are wishes to leave and to begin anew.
    """
    if choice is not None:
        return _pressed(guide, asked, choice)
    said = folded(text)
    if len(said.split()) > _MOST_WORDS:
        return None
    for value, pattern in _SAID.items():
        if pattern.search(said):
            return asked, value
    written = _written(asked, guide.questions[asked], said)
    return (asked, written) if written is not None else None


def _pressed(guide: Guide, asked: str, choice: str) -> tuple[str, str] | None:
    if choice in (STOP, AGAIN):
        return asked, choice
    name, _, value = choice.partition(":")
    question = guide.questions.get(name)
    return (name, value) if question and value in {*question.choices, DONT_KNOW} else None


def _written(name: str, question: Question, said: str) -> str | None:
    if question.unit:
        return _amount(said)
    if question.choices.keys() != {"ja", "nej"}:
        named = [value for value, title in question.choices.items() if _names(said, (title, *question.words.get(value, ())))]
        if len(named) == 1:
            return named[0]
    if area := area_in(said) if name == "omraade" else None:
        return next((value for value, title in question.choices.items() if title == area), folded(area))
    if question.choices.keys() >= {"ja", "nej"}:
        if name == "alder" and (age := re.search(r"\b\d{2}\b", said)):
            return "nej" if int(age[0]) < ADULT or _NOT_YET.search(said) else "ja"
        return "ja" if re.match(rf"{_YES}\b", said) else "nej" if re.match(rf"{_NO}\b", said) else None
    return None


def _names(said: str, ways: Iterable[str]) -> bool:
    return any(re.search(rf"\b{re.escape(folded(words))}\b", said) for words in ways)


def _amount(said: str) -> str | None:
    """The largest amount in `said`, a month, as digits."""
    found = [int(re.sub(r"\D", "", number)) * (1000 if thousand else 1) for number, thousand in _AMOUNT.findall(said)]
    a_month = next((times for word, times in _A_MONTH if re.search(rf"\b{word}|\bom {word}", said)), 1)
    amounts = [round(amount * a_month) for amount in found if amount <= _LARGEST]
    return str(max(amounts)) if amounts else None
