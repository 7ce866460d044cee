"""A server under test, and people who talk to it."""

from __future__ import annotations

import asyncio
import itertools
import os
import statistics
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp

Say = Callable[[str], Awaitable[None]]
Join = Callable[[aiohttp.ClientSession, int], Awaitable[Say]]

_SEQUENTIAL = 300
_CONCURRENT = 8
_TURNS_EACH = 60
_START_WITHIN = 300.0


@dataclass(frozen=True)
class Figures:
    """Seconds until the first answer, milliseconds a message one at a time, messages a second from eight people at once, MB in memory."""

    first_answer: float
    p50: float
    p95: float
    throughput: float
    memory: float


async def measure(commands: Sequence[Sequence[str]], folder: Path, join: Join, questions: Sequence[str]) -> Figures:
    """Starts `commands` in `folder`, measures, and ends what it started."""
    started = time.perf_counter()
    running = [subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for command in commands]
    try:
        async with aiohttp.ClientSession(raise_for_status=True) as session:
            say = await first(session, join, running)
            first_answer = time.perf_counter() - started
            for question in questions[:50]:
                await say(question)
            p50, p95 = await _one_at_a_time(session, join, questions)
            throughput = await _many_at_once(session, join, questions)
            resident = sum(memory(process.pid) for process in running)
        return Figures(first_answer, p50, p95, throughput, resident)
    finally:
        end(running)


def end(running: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ends servers."""
    for process in running:
        process.terminate()
    for process in running:
        process.wait()


async def first(session: aiohttp.ClientSession, join: Join, running: Sequence[subprocess.Popen[bytes]]) -> Say:
    """Somebody who talks to the servers as soon as they answer. Raises RuntimeError when one of them has ended, TimeoutError."""
    async with asyncio.timeout(_START_WITHIN):
        while True:
            if any(process.poll() is not None for process in running):
                raise RuntimeError("a server ended before it answered")
            try:
                say = await join(session, 0)
                await say("skal jeg betale moms")
                return say
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)


async def _one_at_a_time(session: aiohttp.ClientSession, join: Join, questions: Sequence[str]) -> tuple[float, float]:
    times = []
    for person, batch in enumerate(_batches(questions)):
        say = await join(session, 1000 + person)
        for question in batch:
            begun = time.perf_counter()
            await say(question)
            times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def _batches(questions: Sequence[str]) -> Iterator[Sequence[str]]:
    """Conversations of ten questions each, `_SEQUENTIAL` questions in all."""
    asked = list(itertools.islice(itertools.cycle(questions), _SEQUENTIAL))
    return (asked[at : at + 10] for at in range(0, _SEQUENTIAL, 10))


async def _many_at_once(session: aiohttp.ClientSession, join: Join, questions: Sequence[str]) -> float:
    async def person(number: int) -> None:
        for turn in range(_TURNS_EACH):
            if turn % 10 == 0:
                say = await join(session, 10_000 + number * 100 + turn)
            await say(questions[(number * 37 + turn) % len(questions)])

    begun = time.perf_counter()
    await asyncio.gather(*(person(number) for number in range(_CONCURRENT)))
    return _CONCURRENT * _TURNS_EACH / (time.perf_counter() - begun)


def memory(pid: int) -> float:
    """Resident megabytes of a process and its children."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6 + sum(memory(int(child)) for child in children)
