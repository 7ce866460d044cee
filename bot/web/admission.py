"""Who may begin and who may go on, said in HTTP."""

from __future__ import annotations

import math

from aiohttp import hdrs, web

from bot.dialogue.messages import Full, Message
from bot.privacy.admission import WorkNeeded
from bot.privacy.limits import TooMany
from bot.web.keys import ADMISSION, ASSISTANT, Assistant
from bot.web.problems import ProblemError
from bot.web.texts import TEXTS

PROOF = "Proof-Of-Work"

_FULL_FOR = "60"


def loaded_assistant(request: web.Request) -> Assistant:
    """The assistant. Raises ProblemError (503) while no model is loaded."""
    assistant = request.config_dict[ASSISTANT]
    if not assistant.ready:
        raise ProblemError(503, headers={hdrs.RETRY_AFTER: "5"})
    return assistant


async def begun(request: web.Request) -> tuple[str, list[Message]]:
    """A new conversation for a program, which can work.

    Raises ProblemError: 429, with a `challenge` when a solution of it helps, or 503 when nobody has room.
    """
    assistant = loaded_assistant(request)
    try:
        request.config_dict[ADMISSION].enter(request.headers.get(PROOF, ""), assistant.fullness)
    except WorkNeeded as needed:
        raise ProblemError(429, headers={hdrs.RETRY_AFTER: "1"}, members={"challenge": needed.challenge}) from None
    except TooMany as many:
        raise _later(many) from None
    return await _opened(assistant)


async def begun_without_scripts(request: web.Request) -> tuple[str, list[Message]]:
    """A new conversation for a browser that can only send forms. Raises ProblemError, 429 or 503."""
    assistant = loaded_assistant(request)
    try:
        request.config_dict[ADMISSION].enter_without_scripts(assistant.fullness)
    except TooMany as many:
        raise _later(many) from None
    return await _opened(assistant)


def take_turn(request: web.Request, token: str) -> None:
    """Counts something said in the conversation. Raises UnknownConversation, and ProblemError (429) when there is too much of it."""
    try:
        loaded_assistant(request).take_turn(token)
    except TooMany as many:
        raise _later(many, TEXTS["too_fast"].da) from None
    try:
        request.config_dict[ADMISSION].say()
    except TooMany as many:
        raise _later(many) from None


async def _opened(assistant: Assistant) -> tuple[str, list[Message]]:
    try:
        return await assistant.open()
    except Full:
        raise ProblemError(503, TEXTS["full"].da, {hdrs.RETRY_AFTER: _FULL_FOR}) from None


def _later(many: TooMany, title: str | None = None) -> ProblemError:
    return ProblemError(429, title, {hdrs.RETRY_AFTER: str(math.ceil(many.seconds))})
