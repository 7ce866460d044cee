"""Errors as a person can act on them: RFC 9457 for programs, a plain page for browsers."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from aiohttp import hdrs, web

from bot.web.html import rendered
from bot.web.texts import TEXTS

logger = logging.getLogger(__name__)

_TITLES = {
    400: TEXTS["unreadable"].da,
    401: TEXTS["over"].da,
    404: TEXTS["missing"].da,
    405: TEXTS["not_here"].da,
    408: TEXTS["too_slow"].da,
    413: TEXTS["too_large"].da,
    415: TEXTS["wrong_format"].da,
    429: TEXTS["crowded"].da,
    500: TEXTS["broken"].da,
    503: TEXTS["starting"].da,
}
_KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


class ProblemError(Exception):
    """An answer other than the one asked for, with a Danish `title` that says what to do.

    `members` are what programs get beside it (RFC 9457, section 3.2).
    """

    def __init__(
        self,
        status: int,
        title: str | None = None,
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, object] | None = None,
    ) -> None:
        self.status = status
        self.title = title or _TITLES[status]
        self.headers = headers or {}
        self.members = members or {}
        super().__init__(self.title)


@web.middleware
async def refuse_kindly(request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> web.StreamResponse:
    """Turns every error of `handler` into a problem; nothing of the request gets into the answer or the log."""
    try:
        return await handler(request)
    except ProblemError as problem:
        return _answer(request, problem)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        kept = {name: error.headers[name] for name in _KEPT if name in error.headers}
        return _answer(request, ProblemError(error.status, _TITLES.get(error.status, _TITLES[400]), kept))
    except (UnicodeDecodeError, web.RequestPayloadError):
        return _answer(request, ProblemError(400))
    except ConnectionError:
        raise
    except Exception as error:
        logger.error("%s at %s", type(error).__qualname__, where(error))
        return _answer(request, ProblemError(500))


def _answer(request: web.Request, error: ProblemError) -> web.Response:
    if "text/html" in request.headers.get(hdrs.ACCEPT, "") and not request.path.startswith("/api/"):
        page = rendered("error.html", request, status=error.status, title=error.title)
        page.headers.update(error.headers)
        return page
    return problem(error)


def problem(error: ProblemError) -> web.Response:
    """`error` for programs."""
    members = {"type": "about:blank", "title": error.title, "status": error.status, **error.members}
    return web.Response(
        text=json.dumps(members, ensure_ascii=False),
        status=error.status,
        headers=error.headers,
        content_type="application/problem+json",
    )


def where(error: Exception) -> str:
    """The calls that led to `error`, without its message or any value: those may hold what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
