"""The chat for programs: open, ask, end."""

from __future__ import annotations

from aiohttp import hdrs, web
from pydantic import ValidationError

from bot.dialogue.messages import Message, UnknownConversation
from bot.web.admission import begun, loaded_assistant, take_turn
from bot.web.body import End, Turn, malformed, read
from bot.web.keys import ASSISTANT, SETTINGS
from bot.web.problems import ProblemError

_SIGN_IN = {"WWW-Authenticate": "Bearer"}


async def open_conversation(request: web.Request) -> web.Response:
    """`POST /api/chat`: a new conversation; under load it takes the solution of a challenge in the header `Proof-Of-Work`."""
    token, greeting = await begun(request)
    conversation = {"token": token, "expires_in": request.config_dict[SETTINGS].idle_timeout, **_shown(greeting)}
    return web.json_response(conversation, status=201)


async def reply(request: web.Request) -> web.Response:
    """`POST /api/chat/messages`: a text or a pressed button, and the answer to it."""
    assistant, token = loaded_assistant(request), _bearer(request)
    try:
        take_turn(request, token)
        turn = Turn.model_validate_json(await read(request, "application/json"))
        answer = await assistant.reply(token, text=turn.text or "", payload=turn.payload or "")
    except ValidationError as error:
        raise malformed(error) from None
    except UnknownConversation:
        raise ProblemError(401, headers=_SIGN_IN) from None
    return web.json_response(_shown(answer))


async def delete(request: web.Request) -> web.Response:
    """`DELETE /api/chat`: forgets the conversation."""
    await request.config_dict[ASSISTANT].end(_bearer(request))
    return web.Response(status=204)


async def end(request: web.Request) -> web.Response:
    """`POST /api/chat/end`: forgets the conversation; `navigator.sendBeacon` sends its JSON as text/plain."""
    body = await read(request, "application/json", "text/plain")
    try:
        token = End.model_validate_json(body).token
    except ValidationError:
        raise ProblemError(400) from None
    await request.config_dict[ASSISTANT].end(token)
    return web.Response(status=204)


def _bearer(request: web.Request) -> str:
    scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise ProblemError(401, headers=_SIGN_IN)
    return token.strip()


def _shown(messages: list[Message]) -> dict[str, list[dict[str, object]]]:
    return {"messages": [message.as_dict() for message in messages]}
