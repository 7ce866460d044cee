"""Pages from templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.web import danish
from bot.web.keys import SETTINGS
from bot.web.options import Options
from bot.web.texts import texts_in, translated

_TEMPLATES = Path(__file__).parent / "templates"


def add_templates(app: web.Application) -> None:
    """Makes the templates, which escape what they show, ready for `rendered`."""
    environment = aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(_TEMPLATES), trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(period=danish.period, for_whom=danish.for_whom)
    environment.filters.update(
        day=danish.day, dialled=danish.dialled, host=danish.host, linked=danish.linked, paragraphs=danish.paragraphs, translated=translated
    )
    environment.tests["web_address"] = danish.is_web_address


def rendered(template: str, request: web.Request, *, status: int = 200, **context: Any) -> web.Response:
    """The page that `template` makes of `context`, of the texts in the frame's language (`t`), and of what the address asks (`options`)."""
    options = Options.of(request)
    frame = {"options": options, "t": texts_in(options.lang), "minutes": request.config_dict[SETTINGS].idle_timeout // 60}
    page: web.Response = aiohttp_jinja2.render_template(template, request, {**frame, **context}, status=status)
    return page
