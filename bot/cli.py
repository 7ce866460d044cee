"""The command line: `bot serve`, `bot train`, …"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from actions.directory import close
from bot import cli_directory
from bot.dialogue.assistant import Assistant
from bot.dialogue.models import current_model, fingerprint, make_current, model_for
from bot.dialogue.understanding import as_said
from bot.directory.known import known
from bot.nlu.evaluation import Judged, Report, report, table
from bot.privacy.mask import mask
from bot.settings import COPENHAGEN, Settings
from bot.topics.checks import Finding, check
from bot.topics.content import Content, load
from bot.topics.yaml_file import ContentError


class CommandError(Exception):
    """A command cannot be carried out as it was called; the message says why, in Danish."""


def run() -> None:
    """The program `bot`: logs plainly, and keeps the talk of Rasa's dependencies to their developers out of it."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    logging.getLogger("bot").setLevel(logging.INFO)
    logging.captureWarnings(True)
    sys.exit(main())


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 when all is well, 1 when something must be mended, 2 when the call is off."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace, Settings], int] = options.command
    try:
        return command(options, Settings())
    except (ContentError, CommandError, cli_directory.DirectoryCommandError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or 'en fil'} kan ikke læses eller skrives", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bot", description="Vejviser: anonym vejledning til folk, der sælger sex i København")
    commands = parser.add_subparsers(required=True, metavar="KOMMANDO")

    def add(name: str, command: Callable[[argparse.Namespace, Settings], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(command=command)
        return sub

    add("serve", _serve, "start serveren")
    add("train", _train, "tjek indholdet og træn modellen").add_argument(
        "--force", action="store_true", help="træn, også hvis intet er ændret"
    )
    add("check", _check, "tjek alt indhold").add_argument("only", nargs="*", metavar="EMNE", help="kun disse emner")
    add("parse", _parse, "hvordan forstås beskeder? JSON-linjer ind og ud").add_argument("file", nargs="?", type=Path)
    add("chat", _chat, "hele samtaler; JSON-linjer ind og ud").add_argument("file", nargs="?", type=Path)
    evaluate = add("evaluate", _evaluate, "mål forståelsen på spørgsmål med kendt svar")
    evaluate.add_argument("files", nargs="+", type=Path, metavar="FILE")
    evaluate.add_argument("--json", action="store_true", help="som JSON i stedet for tabel")
    add("mask", _mask, "skjul personoplysninger; JSON-linjer ind og ud").add_argument("file", nargs="?", type=Path)
    cli_directory.add_to(commands)
    return parser


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from bot.app import serve

    return serve(settings)


def _train(options: argparse.Namespace, settings: Settings) -> int:
    stopping = [finding for finding in _findings(load(settings.data), settings) if finding.blocking]
    if stopping:
        print(*stopping, "Træningen er stoppet. Den kørende model er uændret.", sep="\n", file=sys.stderr)
        return 1
    print_ = fingerprint(settings.data)
    target = model_for(settings.models, print_)
    if options.force or not target.is_file():
        from bot.dialogue.training import TrainingFailed, train

        try:
            train(settings, target)
        except TrainingFailed as error:
            print(f"{error}. Den kørende model er uændret.", file=sys.stderr)
            return 1
    make_current(target)
    print(f"model: {target}\nfingerprint: {print_}")
    return 0


def _check(options: argparse.Namespace, settings: Settings) -> int:
    content = load(settings.data)
    if unknown := set(options.only) - content.topics.keys():
        raise CommandError(f"emnet findes ikke: {', '.join(sorted(unknown))}")
    findings = [finding for finding in _findings(content, settings) if not options.only or finding.problem.path.stem in options.only]
    print(*findings, sep="\n", end="\n" if findings else "")
    print(f"{len(findings)} ting skal rettes" if findings else "Alt indhold er i orden")
    return 1 if findings else 0


def _findings(content: Content, settings: Settings) -> list[Finding]:
    return check(content, known(settings.data / "directory"), datetime.now(COPENHAGEN).date())


def _parse(options: argparse.Namespace, settings: Settings) -> int:
    async def run() -> None:
        assistant = await _loaded(settings)
        for line in _lines(options.file, "text"):
            masked = mask(line["text"]).text
            seen = await assistant.engine.understand(as_said(masked))
            _write({"text": line["text"], "masked": masked, **asdict(seen), "ranking": seen.ranking[:5]})

    asyncio.run(run())
    return 0


def _chat(options: argparse.Namespace, settings: Settings) -> int:
    async def run() -> None:
        assistant = await _loaded(settings)
        tokens: dict[str, str] = {}
        try:
            for line in _lines(options.file, "session"):
                session = line["session"]
                if session not in tokens:
                    tokens[session], _greeting = await assistant.open()
                messages = await assistant.reply(tokens[session], text=line.get("text", ""), payload=line.get("payload", ""))
                topic = next((message.topic for message in messages if message.topic), None)
                _write({"session": session, "topic": topic, "messages": [message.as_dict() for message in messages]})
        finally:
            await close()

    asyncio.run(run())
    return 0


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    async def run() -> dict[str, Report]:
        assistant = await _loaded(settings)
        content = load(settings.data)
        safety = {topic.id for topic in content.topics.values() if topic.kind == "safety"}
        questions = {path.stem: _questions(path) for path in options.files}
        if len(questions) > 1:
            questions["all"] = [pair for pairs in questions.values() for pair in pairs]
        reports = {}
        for name, pairs in questions.items():
            seen = [(truth, await assistant.engine.understand(as_said(mask(text).text))) for text, truth in pairs]
            judged = [Judged(truth, one.topic, tuple(topic for topic, _ in one.ranking)) for truth, one in seen]
            reports[name] = report(judged, safety)
        return reports

    reports = asyncio.run(run())
    if options.json:
        _write({name: figures.as_dict() for name, figures in reports.items()})
    else:
        print("\n\n".join(table(name, figures) for name, figures in reports.items()))
    return 0


def _mask(options: argparse.Namespace, settings: Settings) -> int:
    for line in _lines(options.file, "text"):
        masked = mask(line["text"])
        _write({"text": line["text"], "masked": masked.text, "spans": [list(span) for span in masked.spans]})
    return 0


async def _loaded(settings: Settings) -> Assistant:
    model = current_model(settings.models)
    if model is None:
        raise CommandError("der er ingen model; kør «bot train» først")
    # A batch is nobody who waits: all its sessions are kept.
    assistant = Assistant(settings.model_copy(update={"max_conversations": sys.maxsize}))
    await assistant.load(model)
    return assistant


def _lines(file: Path | None, *texts: str) -> Iterator[dict[str, Any]]:
    """The JSON lines of `file`, or of standard input. Raises CommandError naming the line that is none or lacks one of `texts`."""
    lines = file.read_text(encoding="utf-8").split("\n") if file else sys.stdin
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                record = dict(json.loads(line))
            except (ValueError, TypeError) as error:
                raise CommandError(f"linje {number} er ikke et JSON-objekt") from error
            if lacking := [name for name in texts if not isinstance(record.get(name), str)]:
                raise CommandError(f"linje {number} mangler «{lacking[0]}» som tekst")
            yield record


def _questions(path: Path) -> list[tuple[str, str]]:
    """Texts with their topics: JSON lines, or Rasa's own YAML where the name ends in .yml."""
    if path.suffix == ".yml":
        from rasa.shared.nlu.training_data.loading import load_data

        return [(example.get("text"), example.get("intent")) for example in load_data(str(path)).intent_examples]
    return [(line["text"], line["topic"]) for line in _lines(path, "text", "topic")]


def _write(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)
