"""Every setting, with its environment variable (`BOT_` and the name in capitals) and its default."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
COPENHAGEN = ZoneInfo("Europe/Copenhagen")

HttpsAddress = Annotated[str, Field(pattern=r"^https://[\w.-]+(:\d+)?/[!-:<-~]*$")]


class Settings(BaseSettings):
    """What an operator may set; read from the environment once, at start."""

    model_config = SettingsConfigDict(env_prefix="BOT_", frozen=True)

    host: str = "127.0.0.1"
    port: int = 8080
    data: Path = Field(default=ROOT / "data", description="topics, figures and directory files")
    models: Path = Field(default=ROOT / "models", description="trained models and the name of the one in use")
    database_url: str = f"sqlite+aiosqlite:///{ROOT / 'var' / 'directory.db'}"
    feed_interval: int = Field(default=6 * 60 * 60, ge=60, description="seconds between two readings of a feed of services or courses")
    action_endpoint_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("ACTION_ENDPOINT_URL", "action_endpoint_url"),
        description="a separate action server; without it actions run in this process",
    )
    idle_timeout: int = Field(default=30 * 60, description="seconds of silence after which a conversation is forgotten")
    max_conversations: int = Field(default=5000, description="when it is full of people who talk, newcomers wait")
    max_events: int = Field(default=48, description="events kept of one conversation")
    max_body: int = Field(default=16 * 1024, description="bytes of a request body")
    max_requests: int = Field(default=100, gt=0, description="requests answered at the same time, of talking and of reading each")
    new_per_second: float = Field(default=2, gt=0, description="conversations that begin without proof of work, in the long run")
    proven_per_second: float = Field(default=10, gt=0, description="conversations that begin with proof of work when those are used up")
    plain_per_second: float = Field(default=0.5, gt=0, description="conversations that then begin without JavaScript")
    messages_per_second: float = Field(default=100, gt=0, description="messages of all conversations together, in the long run")
    exit_url: HttpsAddress = Field(default="https://www.dr.dk/vejret", description="where «Forlad siden» leads")
    exit_urls: tuple[HttpsAddress, ...] = Field(default=(), description="where else it may lead when an embedding page asks for it")
    frame_ancestors: tuple[str, ...] = Field(default=(), description="origins that may embed the chat in a frame")
