from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

import actions.directory
from bot.settings import COPENHAGEN
from tests.directory.conftest import entry, written

AT = datetime(2026, 11, 20, 12, tzinfo=COPENHAGEN)


@pytest.fixture(autouse=True)
async def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Path]:
    """A small directory that the actions find by the settings, at a frozen moment; its folder."""
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'directory.db'}")
    monkeypatch.setenv("BOT_DATA", str(tmp_path))
    for module in ("look_up", "guides", "safety", "suggest_topics"):
        monkeypatch.setattr(f"actions.{module}.now", lambda: AT)
    written(
        tmp_path / "directory" / "a.yml",
        entry("huset", addresses="[{area: Valby}]"),
        entry("haven", addresses="[{area: Amager}]", opening_hours='"24/7"', hours_text="Altid"),
        entry("kontoret", name="Kontoret", needs="[virksomhed]"),
        entry("den-sociale-doegnvagt", needs="[psykisk]"),
    )
    await actions.directory.close()  # another test may have left its own open
    yield tmp_path / "directory"
    await actions.directory.close()


class Said(NamedTuple):
    """What an action said, and the slots that it set."""

    messages: list[dict[str, Any]]
    slots: dict[str, Any]
    events: list[dict[str, Any]]


def heard(
    intent: str = "emne",
    text: str = "",
    *,
    entities: dict[str, Any] | None = None,
    slots: dict[str, Any] | None = None,
    loop: str | None = None,
    events: Iterable[dict[str, Any]] = (),
    confidence: float = 0.9,
    **understood: Any,
) -> Tracker:
    """A conversation in which this was heard last; `understood` is what else the components say of it."""
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "entities": [{"entity": name, "value": value} for name, value in (entities or {}).items()],
        **understood,
    }
    return Tracker("s", slots or {}, message, list(events), False, None, {"name": loop} if loop else {}, None)


def told(topic: str, kind: str = "answer") -> dict[str, Any]:
    """The event of the assistant having spoken of `topic`."""
    return {"event": "bot", "metadata": {"utter_action": f"utter_{topic}", "metadata": {"topic": topic, "kind": kind}}}


def topic(name: str, kind: str = "answer", *, leads_to: Iterable[str] = (), **about: Any) -> dict[str, list[dict[str, Any]]]:
    """The response of a topic as it stands in the domain."""
    buttons = [{"title": other, "payload": f"/{other}"} for other in leads_to]
    metadata = {"topic": name, "title": name.capitalize(), "kind": kind, "area": "hverdag", **about}
    return {f"utter_{name}": [{"text": name, "buttons": buttons, "metadata": metadata}]}


async def run(action: Action, tracker: Tracker, responses: dict[str, list[dict[str, Any]]]) -> Said:
    """What `action` says and sets."""
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, tracker, {"responses": responses})
    return Said(dispatcher.messages, {event["name"]: event["value"] for event in events if event["event"] == "slot"}, events)


def ids(message: dict[str, Any]) -> list[str]:
    """The services that `message` shows."""
    return [card["id"] for card in message["custom"]["services"]]
