"""Whether the server is alive and ready, and what its interface is."""

from __future__ import annotations

from aiohttp import web

from bot.web.keys import ASSISTANT, DIRECTORY
from bot.web.openapi import DESCRIPTION
from bot.web.problems import ProblemError


async def alive(_: web.Request) -> web.Response:
    """`GET /healthz`: the process answers."""
    return web.json_response({"status": "ok"})


async def ready(request: web.Request) -> web.Response:
    """`GET /readyz`: a model is loaded and the directory answers."""
    if not request.config_dict[ASSISTANT].ready:
        raise ProblemError(503)
    if not await request.config_dict[DIRECTORY].ping():
        raise ProblemError(503, "Databasen svarer ikke. Prøv igen om lidt.")
    return web.json_response({"status": "ok"})


async def description(_: web.Request) -> web.Response:
    """`GET /api/openapi.json`: this interface in OpenAPI 3.1."""
    return web.json_response(DESCRIPTION)
