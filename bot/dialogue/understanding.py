"""What the bot takes a message to be about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NOT_UNDERSTOOD = "nlu_fallback"
FOLLOW_UP = "follow_up"
OUT_OF_SCOPE = "uden_for_emne"


@dataclass(frozen=True)
class Understanding:
    """The topic acted on (`uden_for_emne` when the bot falls back), its confidence, the likeliest topics, and the cry for help heard."""

    topic: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    safety: str | None
    fallback: bool


def as_said(text: str) -> str:
    """`text` as Rasa may read it: with a slash in front it would take what a person wrote for a button."""
    return re.sub(r"^[\s/]+", "", text).strip() or "?"


def understanding(parse_data: Mapping[str, Any], kinds: Mapping[str, str]) -> Understanding:
    """Rasa's `parse_data` as an Understanding; `kinds` tells each topic's kind. A message that leans on
    earlier ones is taken as it stands alone."""
    intent = parse_data["intent"]["name"]
    ranking = tuple((guess["name"], guess["confidence"]) for guess in parse_data.get("intent_ranking", ()) if guess["name"] in kinds)
    best, confidence = ranking[0] if ranking else (OUT_OF_SCOPE, 0.0)
    fallback = intent == NOT_UNDERSTOOD or (intent == FOLLOW_UP and parse_data.get("alone") is None)
    topic = OUT_OF_SCOPE if fallback else best
    return Understanding(topic, confidence, ranking, topic if kinds.get(topic) == "safety" else None, fallback)
