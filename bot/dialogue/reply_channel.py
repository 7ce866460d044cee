"""What the bot says in one turn, gathered as the messages a page shows."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.dialogue.messages import Message


class ReplyChannel(OutputChannel):
    """Rasa's output for one turn, turned into messages in order."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return "chat"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Takes one of the bot's utterances."""
        self.messages.append(as_message(message))


def as_message(utterance: dict[str, Any]) -> Message:
    """A Rasa response or utterance as a message; an action's note becomes the text's last paragraph."""
    about, found = utterance.get("metadata") or {}, utterance.get("custom") or {}
    paragraphs = [utterance.get("text") or "", found.get("note", "")]
    return Message(
        text="\n\n".join(paragraph.strip() for paragraph in paragraphs if paragraph),
        topic=about.get("topic"),
        buttons=tuple({"title": button["title"], "payload": button["payload"]} for button in utterance.get("buttons") or ()),
        services=tuple(found.get("services", ())),
        courses=tuple(found.get("courses", ())),
        sources=tuple(about.get("sources", ())),
        opens_in=about.get("opens_in", "da"),
    )
