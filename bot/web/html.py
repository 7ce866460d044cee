"""Pages from templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.web import danish
from bot.web.assets import Assets

_TEMPLATES = Path(__file__).parent / "templates"


def add_templates(app: web.Application, assets: Assets) -> None:
    """Makes the templates, which escape what they show, ready for `rendered`."""
    environment = aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(_TEMPLATES), trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(asset=assets.address, period=danish.period, for_whom=danish.for_whom)
    environment.filters.update(day=danish.day, dialled=danish.dialled, host=danish.host, linked=danish.linked, paragraphs=danish.paragraphs)
    environment.tests["web_address"] = danish.is_web_address


def rendered(template: str, request: web.Request, *, status: int = 200, **context: Any) -> web.Response:
    """The page that `template` makes of `context`."""
    page: web.Response = aiohttp_jinja2.render_template(template, request, context, status=status)
    return page
