"""The assistant's own page; by plain form posts where no scripts run."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from pydantic import ValidationError

from bot.dialogue.messages import UnknownConversation
from bot.web.body import LONGEST_TEXT, Body, Turn, malformed, read
from bot.web.chat_api import loaded_assistant
from bot.web.html import rendered
from bot.web.keys import ASSISTANT, SETTINGS
from bot.web.problems import ProblemError

_FORGOTTEN = "Der er gået lang tid, så samtalen er slettet. Jeg er begyndt forfra."
_KEPT = " Det, du skrev, står stadig i feltet."


class Form(Body):
    """What the page's forms send: a text or a pressed button, or `end`."""

    token: str = ""
    text: str = ""
    payload: str = ""
    end: str = ""


async def page(request: web.Request) -> web.Response:
    """`GET /`: the page before anything is asked."""
    return _rendered(request)


async def submit(request: web.Request) -> web.Response:
    """`POST /`: the page with the question and its answer, or without the conversation that was to be deleted."""
    form = await _form(request)
    if form.end:
        await request.config_dict[ASSISTANT].end(form.token)
        return _rendered(request, notice="Samtalen er slettet.")
    try:
        return await _answered(request, form)
    except ProblemError as problem:
        return _rendered(request, status=problem.status, alert=problem.title, token=form.token, typed=form.text)


async def _answered(request: web.Request, form: Form) -> web.Response:
    try:
        turn = Turn(payload=form.payload) if form.payload else Turn(text=form.text)
    except ValidationError as error:
        raise malformed(error) from None
    assistant = loaded_assistant(request)
    token, messages = (form.token, []) if form.token else await assistant.open()
    try:
        messages += await assistant.reply(token, text=turn.text or "", payload=turn.payload or "")
    except UnknownConversation:
        token, messages = await assistant.open()
        alert = _FORGOTTEN + (_KEPT if form.text else "")
        return _rendered(request, messages=messages, alert=alert, token=token, typed=form.text)
    return _rendered(request, asked=turn.text, messages=messages, token=token)


async def _form(request: web.Request) -> Form:
    """The posted fields. Raises ProblemError when they are none of ours."""
    body = await read(request, "application/x-www-form-urlencoded")
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=8)
        # Forms send line breaks as two characters; the page's limit counts one.
        return Form(**{name: value.replace("\r\n", "\n") for name, value in fields})
    except ValueError:
        raise ProblemError(400) from None


def _rendered(request: web.Request, status: int = 200, **context: Any) -> web.Response:
    exit_url = request.config_dict[SETTINGS].exit_url
    return rendered("chat.html", request, status=status, exit_url=exit_url, longest=LONGEST_TEXT, **context)
