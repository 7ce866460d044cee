"""Days, hours and lists as they stand in a Danish sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

# RFC 5545's codes in the order of the week, with the Danish names.
WEEKDAYS = {"MO": "mandag", "TU": "tirsdag", "WE": "onsdag", "TH": "torsdag", "FR": "fredag", "SA": "lørdag", "SU": "søndag"}
DAYS = tuple(WEEKDAYS.values())
_MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


def day_told(day: date) -> str:
    """`20. november 2026`."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def moment_told(moment: datetime, now: datetime) -> str:
    """When `moment` is, seen from `now`, both in Copenhagen's time: `i dag kl. 18.00`, `lørdag kl. 9.30`."""
    later = moment.date() - now.date()
    near = {timedelta(): "i dag", timedelta(1): "i morgen"}
    day = near.get(later) or (DAYS[moment.weekday()] if later < timedelta(7) else f"{DAYS[moment.weekday()]} den {day_told(moment)}")
    return f"{day} kl. {moment.hour}.{moment.minute:02}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a og b`, `a, b og c`."""
    return " og ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
