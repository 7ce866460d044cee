"""Comes too often, on purpose."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from bot.privacy.admission import Admission, WorkNeeded
from bot.privacy.limits import TooMany
from bot.privacy.proof_of_work import Challenge


def exhausted(take: Callable[[], None]) -> tuple[int, float]:
    """Takes until it is refused: how often it was not, and after how many seconds to try again."""
    for taken in count():
        try:
            take()
        except TooMany as refused:
            return taken, refused.seconds
    raise AssertionError


def flood(admission: Admission) -> Challenge:
    """Newcomers until one is asked for work; the challenge that this one gets."""
    while True:
        try:
            admission.enter("", 0)
        except WorkNeeded as needed:
            return needed.challenge
