"""Whether the server is alive and ready, and what its interface is."""

from __future__ import annotations

from datetime import datetime

from aiohttp import web

from bot.directory.assurance import due, share_confirmed
from bot.settings import COPENHAGEN
from bot.web.keys import ASSISTANT, DIRECTORY
from bot.web.openapi import DESCRIPTION
from bot.web.problems import ProblemError


async def alive(_: web.Request) -> web.Response:
    """`GET /healthz`: the process answers."""
    return web.json_response({"status": "ok"})


async def ready(request: web.Request) -> web.Response:
    """`GET /readyz`: a model is loaded and the directory answers; how much of it somebody has confirmed, and how much must be checked."""
    if not request.config_dict[ASSISTANT].ready:
        raise ProblemError(503)
    if not await request.config_dict[DIRECTORY].ping():
        raise ProblemError(503, "Databasen svarer ikke. Prøv igen om lidt.")
    records, today = (await request.config_dict[DIRECTORY].catalogue()).records, datetime.now(COPENHAGEN).date()
    existing = [service for service in records.services.values() if service.exists]
    told = {
        "services": len(existing),
        "confirmed": round(share_confirmed(existing, today), 3),
        "due": len(due(records, today)),
    }
    return web.json_response({"status": "ok", "directory": told})


async def description(_: web.Request) -> web.Response:
    """`GET /api/openapi.json`: this interface in OpenAPI 3.1."""
    return web.json_response(DESCRIPTION)
