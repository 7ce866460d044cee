"""The commands `bot directory …`: services and courses in and out, what a person must check, and what feeds want changed."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import OperationalError
from tqdm import tqdm  # type: ignore[import-untyped]

from bot.directory.assurance import UnknownServiceError, confirm, due, share_confirmed
from bot.directory.exchange import export_file, import_file
from bot.directory.feeds import changes, feeds
from bot.directory.feeds.fetch import Fetcher
from bot.directory.store import Directory
from bot.directory.tables import ChangeRequest
from bot.settings import COPENHAGEN, Settings

Options = argparse.Namespace
Run = Callable[[Directory, Options], Awaitable[int]]
Commands = Any  # argparse names no public type for what add_subparsers gives


class DirectoryCommandError(Exception):
    """A command cannot be carried out as it was called; the message says why, in Danish."""


def add_to(commands: Commands) -> None:
    """Adds `directory` and everything under it to the program's commands."""
    text = "stederne og kurserne"
    directory = commands.add_parser("directory", help=text, description=text).add_subparsers(required=True, metavar="HVAD")

    def add(name: str, run: Run, text: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = directory.add_parser(name, help=text, description=text)
        sub.set_defaults(command=lambda options, settings: asyncio.run(_with_directory(run, options, settings)))
        return sub

    add("import", _import, "hent en fil ind: YAML, HSDS JSON eller CSV").add_argument("file", type=Path)
    add("export", _export, "gem alt i en fil: YAML eller HSDS JSON").add_argument("file", type=Path)
    add("due", _due, "hvad et menneske skal tjekke, det farligste først")
    confirming = add("confirm", _confirm, "skriv ned, at stedet selv har bekræftet alt om det")
    confirming.add_argument("id")
    confirming.add_argument("--by", required=True, help="hvem der spurgte stedet")
    confirming.add_argument("--on", type=date.fromisoformat, help="hvornår, som 2026-11-20; ellers i dag")
    add("feeds", _feeds, "kilderne udefra, og hvordan det gik sidst")
    adding = add("feed-add", _feed_add, "læs en kilde udefra fra nu af")
    adding.add_argument("name")
    adding.add_argument("url")
    adding.add_argument(
        "--kind", required=True, choices=feeds.KINDS, help=", ".join(f"{kind}: {text}" for kind, text in feeds.KINDS.items())
    )
    adding.add_argument("--needs", type=_words, default=[], help="hvad kildens steder hjælper med, når de ikke selv siger det: mad,jura")
    adding.add_argument("--for-whom", type=_words, default=[], help="hvem de er for, når de ikke selv siger det: alle")
    add("feed-remove", _feed_remove, "læs ikke kilden mere; det godkendte bliver").add_argument("name")
    add("fetch", _fetch, "læs kilderne nu, eller kun én").add_argument("name", nargs="?")
    add("changes", _changes, "hvad kilderne vil have ændret")
    for name, run, text in (("approve", _approve, "godkend en ændring"), ("reject", _reject, "afvis en ændring")):
        deciding = add(name, run, text)
        deciding.add_argument("number", type=int)
        deciding.add_argument("--by", required=True, help="hvem der tager stilling")


async def _with_directory(run: Run, options: Options, settings: Settings) -> int:
    directory = Directory(settings.database_url)
    try:
        await directory.migrate()
        await directory.seed(settings.data / "directory")
        return await run(directory, options)
    except feeds.FeedError as error:
        raise DirectoryCommandError(str(error)) from error
    except (OperationalError, ConnectionError) as error:
        raise DirectoryCommandError("databasen svarer ikke; se efter, om den kører, og om BOT_DATABASE_URL er rigtig") from error
    finally:
        await directory.close()


async def _import(directory: Directory, options: Options) -> int:
    async with directory.session() as session, session.begin():
        records = await import_file(session, options.file)
    print(f"{len(records.services)} steder, {len(records.courses)} kurser og {len(records.plans)} planer er hentet ind")
    return 0


async def _export(directory: Directory, options: Options) -> int:
    export_file(await directory.catalogue(), options.file)
    return 0


async def _due(directory: Directory, options: Options) -> int:
    today, records = datetime.now(COPENHAGEN).date(), (await directory.catalogue()).records
    for row in due(records, today):
        print(f"{row.id}: {row.name}: {row.why}\n    se {row.where}")
    print(f"{share_confirmed(records.services.values(), today):.0%} af stederne er bekræftet af stedet selv")
    return 0


async def _confirm(directory: Directory, options: Options) -> int:
    on = options.on or datetime.now(COPENHAGEN).date()
    try:
        async with directory.session() as session, session.begin():
            await confirm(session, options.id, options.by, on)
    except UnknownServiceError as error:
        raise DirectoryCommandError(f"der er intet sted med id {options.id}; se dem med «bot directory due»") from error
    except ValidationError as error:
        raise DirectoryCommandError("skriv et navn i --by, og en dag, der ikke ligger i fremtiden, i --on") from error
    print(f"{options.id} er bekræftet af {options.by} den {on:%d.%m.%Y}")
    return 0


async def _feeds(directory: Directory, options: Options) -> int:
    async with directory.session() as session:
        for feed in await feeds.listed(session):
            read = f"sidst læst {feed.fetched_at:%d.%m.%Y kl. %H.%M}" if feed.fetched_at else "endnu ikke læst"
            waiting = len(await changes.pending(session, feed.name))
            print(f"{feed.name}: {feeds.KINDS[feed.kind]}, {read}, {waiting} ændringer venter")
            if feed.error:
                print(f"    fejl {feed.failures} gange: {feed.error}")
    return 0


async def _feed_add(directory: Directory, options: Options) -> int:
    async with directory.session() as session, session.begin():
        await feeds.add(session, options.name, options.url, options.kind, options.needs, options.for_whom)
    print(f"{options.name} læses fra nu af; læs den straks med «bot directory fetch {options.name}»")
    return 0


async def _feed_remove(directory: Directory, options: Options) -> int:
    async with directory.session() as session, session.begin():
        await feeds.drop(session, options.name)
    print(f"{options.name} læses ikke mere")
    return 0


async def _fetch(directory: Directory, options: Options) -> int:
    async with directory.session() as session:
        names = [options.name] if options.name else [feed.name for feed in await feeds.listed(session)]
    failed = 0
    async with Fetcher() as fetcher:
        for name in names:
            outcome = await _with_progress(directory, fetcher, name)
            failed += outcome.error is not None
            print(*(f"{name}: udeladt: {problem}" for problem in outcome.left_out), sep="\n", end="\n" if outcome.left_out else "")
            print(f"{name}: {outcome.error or _told(outcome.changes)}")
    return 1 if failed else 0


async def _with_progress(directory: Directory, fetcher: Fetcher, name: str) -> feeds.Outcome:
    with tqdm(desc=name, unit="B", unit_scale=True, leave=False) as progress:

        def show(received: int, declared: int | None) -> None:
            progress.total = declared
            progress.update(received - progress.n)

        interval = timedelta(seconds=Settings().feed_interval)
        return await feeds.poll(directory, fetcher, name, datetime.now(COPENHAGEN), interval, show)


def _told(count: int | None) -> str:
    return "intet nyt siden sidst" if count is None else f"{count} ændringer venter; se dem med «bot directory changes»"


async def _changes(directory: Directory, options: Options) -> int:
    async with directory.session() as session:
        for change in await changes.pending(session):
            print(f"{change.id}: {_wanted(change)} {change.resource_id} ({change.feed_name})")
            for field, before, after in changes.differences(change.before, change.after):
                print(f"    {field}: {_value(before)} -> {_value(after)}")
    return 0


async def _approve(directory: Directory, options: Options) -> int:
    return await _decide(directory, options, changes.approve, "godkendt")


async def _reject(directory: Directory, options: Options) -> int:
    return await _decide(directory, options, changes.reject, "afvist")


async def _decide(directory: Directory, options: Options, decide: Callable[..., Awaitable[ChangeRequest]], done: str) -> int:
    if not options.by.strip():
        raise DirectoryCommandError("skriv et navn i --by")
    try:
        async with directory.session() as session, session.begin():
            change = await decide(session, options.number, options.by)
    except changes.NoSuchChangeError as error:
        raise DirectoryCommandError(f"der venter ingen ændring med nummer {options.number}") from error
    except changes.OutdatedChangeError as error:
        raise DirectoryCommandError("stedet eller kurset er ændret siden; læs kilden igen med «bot directory fetch»") from error
    print(f"{change.resource_id}: {done}")
    return 0


def _wanted(change: ChangeRequest) -> str:
    if change.before is None:
        return "nyt:"
    return "slet:" if change.after is None else "ret:"


def _value(value: object) -> str:
    return "(tomt)" if value is None else json.dumps(value, ensure_ascii=False)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
