"""Work that costs a phone a moment and a flood its speed: hashcash, asked of nobody in particular.

A challenge is a `seed` that only this process can have made. A solution is `COUNT` different numbers for each of which the first
32 bits of SHA-256("<seed>.<number in 8 hexadecimal digits>"), times the difficulty, stay below 2**32. Several small searches
instead of a large one, so that nobody is unlucky for long. What has been handed out is not kept; what has been used is, until it
would have run out.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import struct
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import OrderedDict
from itertools import pairwise
from typing import TypedDict

from bot.privacy.limits import Clock

COUNT = 16
LIFETIME = 120

_SIGNED = struct.Struct(">II8s")
_SIGNATURE_BYTES = 16
_PROOF = re.compile(rf"([\w-]{{43}})((?:\.[0-9a-f]{{8}}){{{COUNT}}})", re.ASCII)


class BadProof(ValueError):
    """Malformed, not for a challenge of this process, run out, used before, or not enough work."""


class Challenge(TypedDict):
    """`difficulty` is how many numbers must be tried for one of the `count` that fit, on average; `expires_in` is in seconds."""

    seed: str
    difficulty: int
    count: int
    expires_in: int


class ProofOfWork:
    """Challenges and their solutions, each good once, within `LIFETIME` seconds, in this process."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._begun = clock()
        self._key = secrets.token_bytes(32)
        self._used: OrderedDict[str, int] = OrderedDict()

    def challenge(self, difficulty: int) -> Challenge:
        """A new challenge."""
        signed = _SIGNED.pack(self._now() + LIFETIME, difficulty, secrets.token_bytes(8))
        return Challenge(seed=self._seed(signed), difficulty=difficulty, count=COUNT, expires_in=LIFETIME)

    def check(self, proof: str) -> str:
        """The seed that `proof`, `<seed>.<number>.<number>…` in ascending order, is for. Raises BadProof."""
        match = _PROOF.fullmatch(proof)
        if match is None:
            raise BadProof
        seed, numbers = match[1], match[2].split(".")[1:]
        expires, difficulty = self._read(seed)
        if expires <= self._now() or seed in self._used:
            raise BadProof
        if any(first >= second for first, second in pairwise(numbers)):
            raise BadProof
        if not all(fits(seed, number, difficulty) for number in numbers):
            raise BadProof
        return seed

    def spend(self, seed: str) -> None:
        """Makes a challenge good for nothing more. It is remembered until it runs out; those that have run out go now."""
        self._used[seed], _ = self._read(seed)
        while next(iter(self._used.values())) <= self._now():
            self._used.popitem(last=False)

    def _read(self, seed: str) -> tuple[int, int]:
        """When the challenge runs out, and its difficulty."""
        signed = urlsafe_b64decode(seed + "=")[: _SIGNED.size]
        if not hmac.compare_digest(seed, self._seed(signed)):
            raise BadProof
        expires, difficulty, _ = _SIGNED.unpack(signed)
        return expires, difficulty

    def _seed(self, signed: bytes) -> str:
        signature = hmac.digest(self._key, signed, "sha256")[:_SIGNATURE_BYTES]
        return urlsafe_b64encode(signed + signature).decode().rstrip("=")

    def _now(self) -> int:
        # Counted from the start of this process: the machine's own clock is nobody's business.
        return int(self._clock() - self._begun)


def fits(seed: str, number: str, difficulty: int) -> bool:
    """Whether `number` (8 hexadecimal digits) counts towards the solution."""
    digest = hashlib.sha256(f"{seed}.{number}".encode()).digest()
    return int.from_bytes(digest[:4], "big") * difficulty < 2**32
