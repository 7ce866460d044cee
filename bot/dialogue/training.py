"""Training a model from the content, and putting it in use only when it works."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import tempfile
from pathlib import Path

from rasa.model_training import train as rasa_train

from bot.dialogue.engine import Engine
from bot.settings import ROOT, Settings


class TrainingFailed(Exception):
    """Rasa gave no model, or one that does not answer."""


def train(settings: Settings, target: Path) -> None:
    """Trains on `settings.data`, tries the model out, and puts it at `target`.

    Raises TrainingFailed, or bot.topics.yaml_file.ContentError; nothing has changed then.
    """
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        # Rasa prints where the model lies, which is not where it will; its progress bars go to standard error.
        with contextlib.redirect_stdout(io.StringIO()):
            result = rasa_train(
                domain=str(ROOT / "domain.yml"),
                config=str(ROOT / "config.yml"),
                training_files=[str(settings.data)],
                output=folder,
                fixed_model_name="model",
                force_training=True,
            )
        if not result.model:
            raise TrainingFailed("Rasa har ikke lavet nogen model")
        asyncio.run(_try_out(Path(result.model), settings))
        Path(result.model).replace(target)


async def _try_out(model: Path, settings: Settings) -> None:
    engine = Engine(settings)
    await engine.load(model)
    if not await engine.greet("trial"):
        raise TrainingFailed("modellen kan ikke sige hej; se efter emnet «hilsen»")
