"""The guides' sums, line by line, with figures that are confirmed and hold on the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.topics.guides import Answers, Guide
from bot.topics.model import Fact, danish

# The amount of wages that is not deducted; kept in data/facts.yml once a confirmed figure is known.
FREE_WAGES = "loen_uden_fradrag"
VAT_THRESHOLD = "moms_graense"
_MONTHS = 12


def calculations(guide: Guide, answers: Answers, facts: Mapping[str, Fact], today: date) -> dict[str, str]:
    """What the placeholders of `guide` stand for, as Danish text of one or more lines; empty where a number was not given."""
    numbers = {name: _number(answers.get(name)) for name, question in guide.questions.items() if question.unit}
    told = {name: _kroner(number) if number is not None else "" for name, number in numbers.items()}
    return {
        **told,
        "modregning": _set_off(numbers.get("loen"), facts, today),
        "omsaetning_aar": _turnover(numbers.get("omsaetning"), facts, today),
    }


def _set_off(wages: int | None, facts: Mapping[str, Fact], today: date) -> str:
    """Wages a month against the part that is left alone; without a figure in force only the principle."""
    if wages is None:
        return ""
    free = facts.get(FREE_WAGES)
    if free is None or not free.holds_on(today):
        free_line, rest_line = "jeg har ikke et bekræftet beløb i dag", "det kommer an på det beløb"
    else:
        free_line, rest_line = free.figure(), _kroner(max(wages - free.value, 0))
    return f"Din løn: {_kroner(wages)}\nDet, du må tjene først: {free_line}\nDet, kommunen kan trække: {rest_line}"


def _turnover(a_month: int | None, facts: Mapping[str, Fact], today: date) -> str:
    """A month's turnover as a year's, held against the threshold for VAT."""
    if a_month is None:
        return ""
    a_year = a_month * _MONTHS
    line = f"{_kroner(a_month)} × {_MONTHS} = {_kroner(a_year)} om året"
    threshold = facts.get(VAT_THRESHOLD)
    if threshold is None or not threshold.holds_on(today):
        return line
    where = "over" if a_year > threshold.value else "under"
    return f"{line}\nDet er {where} grænsen for moms: {threshold.figure()}"


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() else None


def _kroner(amount: float) -> str:
    return f"{danish(amount)} kr."
