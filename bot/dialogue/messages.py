"""What the assistant says, as every page and the API show it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


class UnknownConversation(LookupError):
    """The token belongs to no conversation: never opened, ended, or forgotten after a long silence."""


class Full(Exception):
    """Everybody for whom there is room is talking; a new conversation must wait."""


@dataclass(frozen=True)
class Message:
    """One thing the assistant says.

    `text` holds paragraphs apart by an empty line; `topic` is the topic's id, if it answers one. `buttons` have
    `title` and `payload`, `sources` have `title`, `url` (may be missing) and `checked`; `services` and `courses` are
    the directory's cards as plain dicts. `opens_in` is the language of the first paragraph (ISO 639-1); the others are Danish.
    """

    text: str
    topic: str | None = None
    buttons: tuple[dict[str, str], ...] = ()
    services: tuple[dict[str, Any], ...] = ()
    courses: tuple[dict[str, Any], ...] = ()
    sources: tuple[dict[str, Any], ...] = ()
    opens_in: str = "da"

    def as_dict(self) -> dict[str, Any]:
        """The message as the API gives it; absent lists are empty. Which language it opens in is for our own page alone."""
        told = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}
        del told["opens_in"]
        return told
