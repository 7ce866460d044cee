"""All rooms together in one aiohttp application."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from aiohttp import web

from bot.dialogue.assistant import Assistant
from bot.directory.store import Directory
from bot.settings import Settings
from bot.topics.content import load
from bot.web.keys import ASSISTANT, CONTENT, DIRECTORY, SETTINGS
from bot.web.routes import add_routes


def create_app(settings: Settings) -> web.Application:
    """The application. It answers at once; the chat says that it is starting until a model is loaded.

    Raises bot.topics.yaml_file.ContentError when the content cannot be used.
    """
    app = web.Application(client_max_size=settings.max_body)
    app[SETTINGS] = settings
    app[CONTENT] = load(settings.data)
    app[DIRECTORY] = Directory(settings.database_url)
    app[ASSISTANT] = assistant = Assistant(settings)
    app.cleanup_ctx.append(_directory)
    app.cleanup_ctx.append(lambda _: _kept_current(assistant))
    add_routes(app)
    return app


async def _directory(app: web.Application) -> AsyncIterator[None]:
    directory = app[DIRECTORY]
    await directory.migrate()
    await directory.seed(app[SETTINGS].data / "directory")
    yield
    await directory.close()


async def _kept_current(assistant: Assistant) -> AsyncIterator[None]:
    keeping = asyncio.create_task(assistant.keep_current())
    yield
    keeping.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await keeping


def serve(settings: Settings) -> int:
    """Serves until it is stopped; 0."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # No access log: a line for each request would tell who asked when.
    web.run_app(create_app(settings), host=settings.host, port=settings.port, access_log=None, print=None)
    return 0
