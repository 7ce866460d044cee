"""Every page and call, by address."""

from __future__ import annotations

from aiohttp import web

from bot.web import chat_api, hsds_api, pages, protection, reference, status
from bot.web.assets import Assets
from bot.web.calendar import CourseCalendar
from bot.web.html import add_templates
from bot.web.keys import SETTINGS
from bot.web.problems import refuse_kindly
from bot.web.security import add_headers
from bot.web.under_way import bounded


def add_routes(app: web.Application) -> None:
    """Adds the pages and the API to `app`, which must hold everything named in `bot.web.keys` when it starts, and the settings now."""
    app.middlewares.extend((refuse_kindly, bounded(app[SETTINGS].max_requests)))
    app.on_response_prepare.append(add_headers)
    app.router.add_routes(
        [
            web.get("/", hsds_api.about_beside(pages.page)),
            web.post("/", pages.submit),
            web.post("/forlad", pages.leave),
            web.get("/tryghed", pages.hiding),
            web.get("/beskyttelse", protection.page),
            web.post("/api/chat", chat_api.open_conversation),
            web.delete("/api/chat", chat_api.delete),
            web.post("/api/chat/messages", chat_api.reply),
            web.post("/api/chat/end", chat_api.end),
            web.get("/api/openapi.json", status.description),
            web.get("/healthz", status.alive),
            web.get("/readyz", status.ready),
            web.get("/services", hsds_api.services),
            web.get("/services/{id}", hsds_api.service),
            web.get("/opslag", reference.index),
            web.get("/opslag/emne/{id}", reference.topic),
            web.get("/opslag/steder", reference.services),
            web.get("/opslag/sted/{id}", reference.service),
        ]
    )
    Assets().add_to(app)
    CourseCalendar().add_to(app)
    add_templates(app)
