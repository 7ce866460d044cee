"""An assistant without a model, which answers a few fixed texts, and messages that hold everything a message may hold."""

from __future__ import annotations

import asyncio
import secrets

from bot.dialogue.messages import Full, Message, UnknownConversation
from bot.privacy.limits import TooMany

GREETING = Message(
    "Hej. Jeg er en maskine, der kan vise vej. Er du i fare, så ring 112.\n\nHvad vil du vide?",
    topic="hilsen",
    buttons=({"title": "Kontanthjælp", "payload": "/kontanthjaelp_hvad"}, {"title": "Find et sted", "payload": "/vaerested"}),
)
SHELTER = {
    "id": "natcafeen",
    "name": "Natcaféen",
    "organization": "Prøveforeningen",
    "summary": "Et sted at sove og få varm mad. Du behøver ikke sige dit navn.",
    "address": "Prøvegade 1, 1650 København V",
    "area": "Vesterbro",
    "phones": [{"number": "33 00 00 00", "note": "døgnet rundt"}],
    "url": "https://www.natcafe.example/om-os",
    "open_now": True,
    "hours_text": "alle nætter kl. 22-7",
    "anonymous": True,
    "free": True,
    "for": ["kvinder", "trans"],
    "checked": "2026-11-20",
}
CLINIC = {
    **SHELTER,
    "id": "klinikken",
    "name": "Klinikken",
    "organization": "",
    "open_now": False,
    "anonymous": None,
    "for": ["alle"],
    "url": "javascript:alert(1)",
}
UNKNOWN_HOURS = {**SHELTER, "id": "ukendt", "name": "Ukendt", "open_now": None, "hours_text": "", "phones": [], "free": None}
COURSE = {
    "id": "kursus-1",
    "title": "Start egen virksomhed",
    "start": "2026-12-01T10:00:00+01:00",
    "end": "2026-12-01T12:00:00+01:00",
    "place": "Prøvehuset",
    "organizer": "Københavns Kommune",
    "signup": "Ring 33 00 00 00",
    "cancelled": False,
    "checked": "2026-11-20",
}
CANCELLED = {**COURSE, "id": "kursus-2", "title": "Regnskab", "cancelled": True, "signup": "https://kursus.example/tilmeld", "end": None}
ANSWER = Message(
    "Kontanthjælp er hjælp fra kommunen, når du ikke kan klare dig selv. Er du syg, så ring 1813.\n\n"
    "Ring til kommunen på 33 66 33 33, eller læs § 112. Det koster 114 kr.",
    topic="kontanthjaelp_hvad",
    buttons=({"title": "Hvem kan få det?", "payload": "/kontanthjaelp_hvem"},),
    services=(SHELTER, CLINIC, UNKNOWN_HOURS),
    courses=(COURSE, CANCELLED),
    sources=(
        {"title": "Borger.dk: kontanthjælp", "url": "https://www.borger.example/kontanthjaelp", "checked": "2026-11-20"},
        {"title": "Kommunens notat", "checked": "2026-11-02"},
    ),
)
PRESSED = Message("Det kan du måske. Spørg kommunen.", topic="kontanthjaelp_hvem")
GUIDE = "en guide"
QUESTIONS = ("Er du fyldt 18 år?", "Har du et sted at bo?", "Tjener du penge?")
OUTCOME = Message("Det tyder på, at du kan få hjælp. Spørg kommunen.", buttons=({"title": "Start forfra", "payload": "/trin 0"},))
CRASH = "gå i stykker"
ENGLISH = "do you speak english"


class FakeAssistant:
    """Echoes what it does not know; `CRASH` makes it raise an error that holds the person's text.

    It answers while `answering` is set, releases `asked` with each question, and sets `ended` when a conversation ends. It takes
    `turns` turns in all, and opens no conversation when `fullness` is above 1.
    """

    def __init__(self) -> None:
        self.ready = True
        self.fullness = 0.0
        self.turns = 1000
        self.conversations: set[str] = set()
        self.answering = asyncio.Event()
        self.answering.set()
        self.ended = asyncio.Event()
        self.asked = asyncio.Semaphore(0)

    async def open(self) -> tuple[str, list[Message]]:
        """As bot.web.keys.Assistant."""
        if self.fullness > 1:
            raise Full
        token = secrets.token_urlsafe(24)
        self.conversations.add(token)
        return token, [GREETING]

    def take_turn(self, token: str) -> None:
        """As bot.web.keys.Assistant."""
        if token not in self.conversations:
            raise UnknownConversation
        if not self.turns:
            raise TooMany(0.5)
        self.turns -= 1

    async def reply(self, token: str, *, text: str = "", payload: str = "") -> list[Message]:
        """As bot.web.keys.Assistant."""
        if token not in self.conversations:
            raise UnknownConversation
        self.asked.release()
        await self.answering.wait()
        if text == GUIDE:
            return [_step(0)]
        if payload.startswith("/trin "):
            return [_step(int(payload.removeprefix("/trin ")))]
        if payload:
            return [PRESSED]
        if text == CRASH:
            raise RuntimeError(text)
        if text == ENGLISH:
            return [Message("Hello. In danger: call 112.", topic="sprog_tolk", opens_in="en")]
        return [ANSWER] if "kontanthjælp" in text else [Message(f"Du skrev: {text}")]

    async def end(self, token: str) -> None:
        """As bot.web.keys.Assistant."""
        self.conversations.discard(token)
        self.ended.set()


def _step(number: int) -> Message:
    """A question of the guide, each of whose buttons leads to the next one, or its outcome."""
    if number == len(QUESTIONS):
        return OUTCOME
    return Message(
        QUESTIONS[number], buttons=tuple({"title": title, "payload": f"/trin {number + 1}"} for title in ("Ja", "Nej", "Ved ikke"))
    )
