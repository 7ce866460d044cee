"""The assistant's own page. Its forms work without scripts; static/chat.js sends the same forms without a reload."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import hdrs, web
from pydantic import ValidationError

from bot.dialogue.messages import Message, UnknownConversation
from bot.privacy.mask import mask
from bot.settings import COPENHAGEN
from bot.topics.answer import told_on
from bot.topics.dialogue import topic_buttons
from bot.web.admission import begun_without_scripts, loaded_assistant, take_turn
from bot.web.body import LONGEST_TEXT, Body, Turn, malformed, read
from bot.web.html import rendered
from bot.web.keys import ASSISTANT, LIBRARY
from bot.web.options import Options
from bot.web.problems import ProblemError
from bot.web.texts import TEXTS

_GREETING = "hilsen"
# Not "cache": clearing it can take a browser seconds. Not "cookies": that clears those of the whole registered domain, others' too.
_CLEARED = '"storage"'


class Form(Body):
    """What the page's forms send: a text or a pressed button, or `end`."""

    token: str = ""
    text: str = ""
    payload: str = ""
    end: str = ""


async def page(request: web.Request) -> web.Response:
    """`GET /`: the page before anything is asked. It opens no conversation."""
    topic = request.config_dict[LIBRARY].content.topics.get(Options.of(request).start)
    return _rendered(request, messages=_greeting(request), start=topic)


async def submit(request: web.Request) -> web.Response:
    """`POST /`: the page with the question and its answer, or without the conversation that was to be deleted.

    Who must wait gets a page that keeps what was typed or pressed, to be sent again.
    """
    form = await _form(request)
    if form.end:
        await request.config_dict[ASSISTANT].end(form.token)
        return _rendered(request, messages=_greeting(request), notice=TEXTS["deleted"].da)
    try:
        return await _answered(request, form)
    except ProblemError as problem:
        if hdrs.RETRY_AFTER in problem.headers:
            return _waiting(request, problem, form)
        messages = [] if form.token else _greeting(request)
        told = {"messages": messages, "alert": problem.title, "shortened": bool(form.token)}
        return _rendered(request, "chat.html", problem.status, token=form.token, typed=form.text, **told)
    except UnknownConversation:
        # A new one begins with the next question.
        return _rendered(request, messages=_greeting(request), alert=TEXTS["forgotten"].da, typed=form.text, kept=bool(form.text))


async def leave(request: web.Request) -> web.Response:
    """`POST /forlad`: forgets the conversation and leads away, whatever else is wrong."""
    with suppress(ProblemError):
        await request.config_dict[ASSISTANT].end((await _form(request)).token)
    return web.Response(status=303, headers={hdrs.LOCATION: Options.of(request).exit, "Clear-Site-Data": _CLEARED})


async def hiding(request: web.Request) -> web.Response:
    """`GET /tryghed`: how to hide that one was here."""
    return rendered(f"tryghed.{Options.of(request).lang}.html", request)


async def _answered(request: web.Request, form: Form) -> web.Response:
    try:
        turn = Turn(payload=form.payload) if form.payload else Turn(text=form.text)
    except ValidationError as error:
        raise malformed(error) from None
    assistant = loaded_assistant(request)
    token = form.token or (await begun_without_scripts(request))[0]
    take_turn(request, token)
    messages = await assistant.reply(token, text=turn.text or "", payload=turn.payload or "")
    asked = mask(turn.text).text if turn.text else None
    return _rendered(request, asked=asked, messages=messages, token=token, shortened=bool(form.token))


def _greeting(request: web.Request) -> list[Message]:
    """What the assistant says first, without a conversation."""
    content = request.config_dict[LIBRARY].content
    topic = content.topics.get(_GREETING)
    if topic is None:
        return []
    text = told_on(topic.answer, content.facts, datetime.now(COPENHAGEN).date())
    return [Message(text, topic.id, tuple(topic_buttons(topic.follow_ups, content)))]


async def _form(request: web.Request) -> Form:
    """The posted fields. Raises ProblemError when they are none of ours."""
    body = await read(request, "application/x-www-form-urlencoded")
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=8)
        # Forms send line breaks as two characters; the page's limit counts one.
        return Form(**{name: value.replace("\r\n", "\n") for name, value in fields})
    except ValueError:
        raise ProblemError(400) from None


def _waiting(request: web.Request, problem: ProblemError, form: Form) -> web.Response:
    page = _rendered(request, "wait.html", problem.status, title=problem.title, token=form.token, typed=form.text, pressed=form.payload)
    page.headers.update(problem.headers)
    return page


def _rendered(request: web.Request, template: str = "chat.html", status: int = 200, **context: Any) -> web.Response:
    return rendered(template, request, status=status, longest=LONGEST_TEXT, **context)
