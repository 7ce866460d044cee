"""All rooms together in one aiohttp application."""

from __future__ import annotations

import asyncio
import logging
import resource
from collections.abc import AsyncIterator
from datetime import timedelta

from aiohttp import web

from actions.directory import close, use
from bot.dialogue.assistant import Assistant
from bot.dialogue.models import current_model
from bot.directory.feeds.reading import keep_reading
from bot.directory.store import Directory
from bot.privacy.admission import Admission
from bot.settings import Settings
from bot.topics.content import Library, load
from bot.topics.yaml_file import ContentError
from bot.web.keys import ADMISSION, ASSISTANT, DIRECTORY, LIBRARY, SETTINGS
from bot.web.routes import add_routes
from bot.web.unreadable import answer_unreadable

logger = logging.getLogger(__name__)

# Seconds; longer than what load balancers keep open to their servers.
_IDLE_CONNECTION = 75


def create_app(settings: Settings) -> web.Application:
    """The application. It answers at once; the chat says that it is starting until a model is loaded.

    Raises bot.topics.yaml_file.ContentError when the content cannot be used.
    """
    app = web.Application(client_max_size=settings.max_body)
    app[SETTINGS] = settings
    app[ADMISSION] = Admission(settings)
    app[LIBRARY] = Library(load(settings.data))
    app[DIRECTORY] = Directory(settings.database_url)
    app[ASSISTANT] = assistant = Assistant(settings)
    app.cleanup_ctx.append(_directory)
    app.cleanup_ctx.append(lambda app: _kept_current(app, assistant))
    add_routes(app)
    return app


async def _directory(app: web.Application) -> AsyncIterator[None]:
    directory = app[DIRECTORY]
    await directory.migrate()
    await directory.seed(app[SETTINGS].data / "directory")
    use(directory)
    yield
    await close()


async def _kept_current(app: web.Application, assistant: Assistant) -> AsyncIterator[None]:
    interval = timedelta(seconds=app[SETTINGS].feed_interval)
    tasks = [
        asyncio.create_task(assistant.keep_current(lambda: _renew(app))),
        asyncio.create_task(_announce(app, assistant)),
        asyncio.create_task(keep_reading(app[DIRECTORY], interval)),
    ]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _renew(app: web.Application) -> None:
    """Takes over the content and the directory's files; those that cannot be used leave what is there."""
    try:
        await asyncio.to_thread(app[LIBRARY].renew)
        await app[DIRECTORY].seed(app[SETTINGS].data / "directory")
    except ContentError as error:
        logger.error("Indholdet kan ikke bruges; det gamle bliver:\n%s", error)


async def _announce(app: web.Application, assistant: Assistant) -> None:
    await assistant.loaded.wait()
    logger.info("Vejviser er klar på http://%s:%s", app[SETTINGS].host, app[SETTINGS].port)


def serve(settings: Settings) -> int:
    """Serves until it is stopped; 0, or 1 when the port is taken."""
    # It names the caller's address and repeats what it could not read.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    web.RequestHandler.handle_error = answer_unreadable  # type: ignore[method-assign, assignment]
    # A crash must not write the conversations to the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    app = create_app(settings)
    if current_model(settings.models) is None:
        logger.warning("Der er ingen model endnu; kør «bot train». Siderne virker imens, chatten venter.")
    try:
        web.run_app(
            app,
            host=settings.host,
            port=settings.port,
            # A line for each request would tell who asked when.
            access_log=None,
            print=None,
            # As long as a connection may take over a request's headers, too, so that it cannot be held open for nothing.
            keepalive_timeout=_IDLE_CONNECTION,
        )
    except OSError:
        logger.error("Port %s på %s kan ikke bruges; vælg en anden med BOT_PORT", settings.port, settings.host)
        return 1
    return 0
