"""Somebody talks while 500 others a second want to begin: what she notices, and what the server keeps of them."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice

import aiohttp

from bench.load import Join, Say, end, first, memory
from bot.settings import ROOT, Settings

RATE = 500
SECONDS = 20

_EVERY = 0.25
_AT_ONCE = 10


@dataclass(frozen=True)
class Stretch:
    """Milliseconds that she waits for an answer (median, 95th percentile), and MB in memory at the end."""

    p50: float
    p95: float
    memory: float


@dataclass(frozen=True)
class Flooded:
    """Before, while and after the others come; how many a second really came, and the share of them that was refused."""

    before: Stretch
    during: Stretch
    after: Stretch
    rate: float
    refused: float


async def flooded(command: Sequence[str], join: Join, questions: Sequence[str]) -> Flooded:
    """Starts the server with `command`, and measures. The others run in a process of their own."""
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        async with aiohttp.ClientSession(raise_for_status=True) as session:
            say = await first(session, join, [server])
            for question in questions[:50]:
                await say(question)
            say = await join(session, 1)
            before = await _talk(say, questions, server.pid)
            others = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.flood", cwd=ROOT, stdout=subprocess.PIPE)
            during = await _talk(say, questions, server.pid)
            told, _ = await others.communicate()
            after = await _talk(say, questions, server.pid)
    finally:
        end([server])
    seconds, statuses = json.loads(told)
    came = sum(statuses.values())
    return Flooded(before, during, after, came / seconds, 1 - statuses["201"] / came)


async def _talk(say: Say, questions: Sequence[str], pid: int) -> Stretch:
    """Asks every `_EVERY` seconds, for `SECONDS` seconds."""
    times = []
    for question in islice(cycle(questions), int(SECONDS / _EVERY)):
        begun = time.perf_counter()
        await say(question)
        took = time.perf_counter() - begun
        times.append(1000 * took)
        await asyncio.sleep(max(0, _EVERY - took))
    return Stretch(statistics.median(times), statistics.quantiles(times, n=20)[-1], memory(pid))


async def _come() -> tuple[float, Counter[int]]:
    """`RATE` people a second, each on a connection of their own, for `SECONDS` seconds: the seconds it took, and the answers by status."""
    statuses: Counter[int] = Counter()
    address = f"http://127.0.0.1:{Settings().port}/api/chat"
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, force_close=True)) as session:

        async def person() -> None:
            async with session.post(address) as answer:
                statuses[answer.status] += 1

        begun = time.perf_counter()
        async with asyncio.TaskGroup() as everybody:
            for number in range(RATE * SECONDS):
                if number % _AT_ONCE == 0:
                    await asyncio.sleep(max(0, begun + number / RATE - time.perf_counter()))
                everybody.create_task(person())
        return time.perf_counter() - begun, statuses


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_come())))
