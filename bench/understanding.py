"""What understanding a message and learning from the content cost."""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rasa.shared.nlu.training_data.loading import load_data

from bot.dialogue.engine import Engine
from bot.dialogue.training import train
from bot.dialogue.understanding import as_said
from bot.settings import ROOT, Settings


@dataclass(frozen=True)
class Costs:
    """Milliseconds a message through all NLU components on one core, seconds to train on all cores, MB of the model's file."""

    p50: float
    p95: float
    training: float
    size: float


def costs(settings: Settings) -> Costs:
    """Trains anew, and understands every golden question once."""
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model.tar.gz"
        begun = time.perf_counter()
        train(settings, model)
        training, size = time.perf_counter() - begun, model.stat().st_size / 1e6
        times = asyncio.run(_understood(settings, model))
    return Costs(statistics.median(times), statistics.quantiles(times, n=20)[-1], training, size)


async def _understood(settings: Settings, model: Path) -> list[float]:
    texts = [
        as_said(one.get("text"))
        for path in sorted((ROOT / "data/golden/nlu").glob("*.yml"))
        for one in load_data(str(path)).intent_examples
    ]
    engine = Engine(settings)
    await engine.load(model)
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        return [await _time(engine, text) for text in texts]
    finally:
        os.sched_setaffinity(0, cores)


async def _time(engine: Engine, text: str) -> float:
    begun = time.perf_counter()
    await engine.understand(text)
    return 1000 * (time.perf_counter() - begun)
