"""Where trained models lie and which one is in use."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.settings import ROOT

_POINTER = "current"


def current_model(models: Path) -> Path | None:
    """The model in use, or None when none is trained."""
    try:
        model = models / (models / _POINTER).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return model if model.is_file() else None


def version(model: Path) -> tuple[Path, int]:
    """What tells a model from another one at the same place: where it lies and when it was written. Raises OSError."""
    return model, model.stat().st_mtime_ns


def published(models: Path) -> int:
    """When a model was last put in use, in nanoseconds; 0 when none ever was. Putting the same one in use again counts."""
    try:
        return (models / _POINTER).stat().st_mtime_ns
    except OSError:
        return 0


def make_current(model: Path) -> None:
    """Puts `model` in use, at one stroke: whoever reads sees the old one or the new one."""
    draft = model.parent / f"{_POINTER}.new"
    draft.write_text(model.name, encoding="utf-8")
    draft.replace(model.parent / _POINTER)


def fingerprint(data: Path) -> str:
    """Twelve hex digits that change with anything a model is made from: content, Rasa's configuration, our components."""
    sources = [
        *sorted(data.glob("*.yml")),
        *sorted(data.glob("topics/*/*.yml")),
        *sorted(data.glob("guides/*.yml")),
        *(ROOT / name for name in ("config.yml", "domain.yml", "requirements.lock")),
        *sorted((ROOT / "bot" / "nlu").glob("*.py")),
        *sorted((ROOT / "bot" / "topics").glob("*.py")),
    ]
    digest = hashlib.sha256()
    for path in sources:
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def model_for(models: Path, print_: str) -> Path:
    """Where the model with a fingerprint lies, trained or not."""
    return models / f"vejviser-{print_}.tar.gz"
