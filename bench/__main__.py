"""Prints a table of Vejviser beside stock Rasa and writes it to `bench/results.md`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

import aiohttp

from bench.directory import DirectoryCosts, directory_costs
from bench.flood import SECONDS, Flooded, Stretch, flooded
from bench.load import Figures, Join, Say, measure
from bench.stock import write_project
from bench.understanding import Costs, costs
from bench.widget import SLOWER, SlowPhone, slow_phone
from bot.cli import main as bot
from bot.settings import ROOT, Settings
from bot.topics.content import load

RESULTS = Path(__file__).parent / "results.md"
RASA = [sys.executable, "-m", "rasa"]


async def join_vejviser(session: aiohttp.ClientSession, person: int) -> Say:
    """A conversation with `bot serve`."""
    base = f"http://127.0.0.1:{Settings().port}/api/chat"
    async with session.post(base) as answer:
        headers = {"Authorization": f"Bearer {(await answer.json())['token']}"}

    async def say(text: str) -> None:
        async with session.post(f"{base}/messages", json={"text": text}, headers=headers) as answer:
            assert (await answer.json())["messages"]

    return say


async def join_rasa(session: aiohttp.ClientSession, person: int) -> Say:
    """A conversation with `rasa run` over its REST channel."""

    async def say(text: str) -> None:
        async with session.post("http://127.0.0.1:5005/webhooks/rest/webhook", json={"sender": str(person), "message": text}) as answer:
            await answer.json()

    return say


def main() -> int:
    """Trains what is missing, measures three servers one after another, and reports."""
    if bot(["train"]):
        return 1
    understanding, directories = costs(Settings()), directory_costs()
    topics = load(Settings().data).topics.values()
    questions = [example for number in range(20) for topic in topics for example in topic.examples[number : number + 1]]
    with tempfile.TemporaryDirectory() as folder:
        serve = [str(Path(sys.executable).with_name("bot")), "serve"]
        figures = {"Vejviser": _measured([serve], ROOT, join_vejviser, questions)}
        for name, same in (("Rasa, our pipeline", True), ("Rasa, default pipeline", False)):
            project = Path(folder) / name.replace(" ", "-")
            write_project(project, same_pipeline=same)
            commands = [[*RASA, "run", "--interface", "127.0.0.1"], [*RASA, "run", "actions"]]
            figures[name] = _measured(commands, project, join_rasa, questions)
    in_flood = asyncio.run(flooded(serve, join_vejviser, questions))
    phone = asyncio.run(slow_phone(serve, join_vejviser))
    table = "\n\n".join(
        (_table(figures), _flood_table(in_flood), _phone_table(phone), _costs_table(understanding), _directory_table(directories))
    )
    print(table)
    RESULTS.write_text(table + "\n", encoding="utf-8")
    return 0


def _measured(commands: list[list[str]], folder: Path, join: Join, questions: list[str]) -> Figures:
    return asyncio.run(measure(commands, folder, join, questions))


def _table(figures: dict[str, Figures]) -> str:
    ours = figures["Vejviser"]
    lines = [
        "| | first answer, s | p50, ms | p95, ms | messages/s, 8 at once | memory, MB | throughput beside Vejviser |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, one in figures.items():
        cells = (one.first_answer, one.p50, one.p95, one.throughput, one.memory)
        lines.append(f"| {name} | " + " | ".join(f"{cell:.1f}" for cell in cells) + f" | {one.throughput / ours.throughput:.2f} |")
    return "\n".join(lines)


def _flood_table(flood: Flooded) -> str:
    def row(name: str, one: Stretch) -> str:
        return f"| {name} | {one.p50:.1f} | {one.p95:.1f} | {one.memory:.1f} |"

    others = f"while {flood.rate:.0f} others a second want to begin, for {SECONDS} s; {flood.refused:.1%} are refused"
    lines = [
        "| somebody talks | p50, ms | p95, ms | memory, MB |",
        "|---|---|---|---|",
        row("alone", flood.before),
        row(others, flood.during),
        row("alone again", flood.after),
    ]
    return "\n".join(lines)


def _phone_table(phone: SlowPhone) -> str:
    lines = [
        f"| slow phone (CPU 1/{SLOWER}, 3G), empty cache | first paint, ms | first answer, ms (3000 allowed) |",
        "|---|---|---|",
        f"| the page, and a question asked at once | {phone.painted:.0f} | {phone.answered:.0f} |",
    ]
    return "\n".join(lines)


def _costs_table(costs: Costs) -> str:
    lines = [
        "| understanding, p50 ms on one core | p95, ms | training, s | model, MB |",
        "|---|---|---|---|",
        f"| {costs.p50:.2f} | {costs.p95:.2f} | {costs.training:.0f} | {costs.size:.1f} |",
    ]
    return "\n".join(lines)


def _directory_table(directories: dict[str, DirectoryCosts]) -> str:
    lines = [
        "| directory of 10,000 services, 5,000 courses | search p50, ms | p95, ms | calendar unchanged (304), ms | new revision read, s "
        "| longest wait meanwhile, ms | memory, MB | with two revisions, MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, one in directories.items():
        lines.append(
            f"| {name} | {one.search:.1f} | {one.search_p95:.1f} | {one.unchanged:.1f} | {one.reading:.1f} | {one.gap:.0f} "
            f"| {one.memory:.0f} | {one.peak:.0f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
