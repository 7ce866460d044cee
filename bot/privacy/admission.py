"""Who may begin a conversation, and how much may be said, without knowing anybody."""

from __future__ import annotations

import time

from bot.privacy.limits import Clock, TokenBucket, TooMany
from bot.privacy.proof_of_work import BadProof, Challenge, ProofOfWork
from bot.settings import Settings

# Average tries for each of the numbers of a solution; how long that takes on a slow phone stands in docs/limits.md.
EASIEST = 500
HARDEST = 1500

# Tokens that have gathered when nobody has come for a while: a class that tries it out together, a link in the news.
_NEW_AT_ONCE = 300
_PROVEN_AT_ONCE = 50
_PLAIN_AT_ONCE = 10
_MESSAGES_AT_ONCE = 1000


class WorkNeeded(Exception):
    """So many come that a newcomer must solve `challenge` first."""

    def __init__(self, challenge: Challenge) -> None:
        self.challenge = challenge
        super().__init__()


class Admission:
    """Buckets for everybody together: newcomers, newcomers with work, newcomers without scripts, and messages.

    None of them depends on another, so a flood of newcomers takes nothing from those who talk already. It holds for this process;
    another replica has buckets and challenges of its own.
    """

    def __init__(self, settings: Settings, clock: Clock = time.monotonic) -> None:
        self._free = TokenBucket(settings.new_per_second, _NEW_AT_ONCE, clock)
        self._proven = TokenBucket(settings.proven_per_second, _PROVEN_AT_ONCE, clock)
        self._plain = TokenBucket(settings.plain_per_second, _PLAIN_AT_ONCE, clock)
        self._messages = TokenBucket(settings.messages_per_second, _MESSAGES_AT_ONCE, clock)
        self._work = ProofOfWork(clock)

    def enter(self, proof: str, fullness: float) -> None:
        """Lets a newcomer in, who has sent `proof` (may be empty); `fullness` is the share of all places that is taken.

        Raises WorkNeeded when `proof` is needed and none or a bad one, TooMany when even those with a proof come too fast; the
        proof stays good.
        """
        if self._has_room_for_all(fullness):
            return
        try:
            seed = self._work.check(proof)
        except BadProof:
            load = max(fullness, self._proven.emptiness())
            raise WorkNeeded(self._work.challenge(round(EASIEST * (HARDEST / EASIEST) ** min(1, load)))) from None
        self._proven.take()
        self._work.spend(seed)

    def enter_without_scripts(self, fullness: float) -> None:
        """Lets a newcomer in whose browser cannot work; a trickle is theirs alone. Raises TooMany."""
        if not self._has_room_for_all(fullness):
            self._plain.take()

    def say(self) -> None:
        """Counts a message of anybody. Raises TooMany."""
        self._messages.take()

    def _has_room_for_all(self, fullness: float) -> bool:
        if fullness >= 1:
            return False
        try:
            self._free.take()
        except TooMany:
            return False
        return True
