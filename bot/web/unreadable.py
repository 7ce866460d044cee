"""The answer to what is no HTTP, and to what failed where no page was found for it yet."""

from __future__ import annotations

import logging

from aiohttp import hdrs, web

from bot.web.problems import ProblemError, problem, where
from bot.web.security import HEADERS

logger = logging.getLogger(__name__)


def answer_unreadable(
    connection: web.RequestHandler,
    request: web.BaseRequest,
    status: int = 500,
    exc: BaseException | None = None,
    message: str | None = None,
) -> web.StreamResponse:
    """A problem, after which the connection is closed: `web.RequestHandler.handle_error` as we want it.

    aiohttp's own logs the caller's address, and says in its answer what it could not read. Raises ConnectionError when another answer
    has begun.
    """
    if request.writer.output_size > 0:
        raise ConnectionError("another answer has begun")
    if isinstance(exc, Exception) and status >= 500:
        logger.error("%s at %s", type(exc).__qualname__, where(exc))
    response = problem(ProblemError(500 if status >= 500 else 400))
    # No application is known here, so no signal adds them; an empty name keeps aiohttp from telling its own.
    response.headers.update({**HEADERS, hdrs.CONTENT_SECURITY_POLICY: "default-src 'none'; frame-ancestors 'none'", hdrs.SERVER: ""})
    response.force_close()
    return response
