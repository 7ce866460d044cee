"""How much is answered at the same time."""

from __future__ import annotations

import asyncio
from collections import Counter

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from bot.web.problems import ProblemError
from bot.web.texts import TEXTS

BODY_WITHIN = 10.0

# Who leaves must get through, and so must who asks whether the server is alive.
_ALWAYS = ("/api/chat/end", "/forlad", "/healthz", "/readyz")


def bounded(most: int) -> Middleware:
    """A middleware: at most `most` requests of those who talk, and as many of those who read, are answered at the same time.

    It raises ProblemError: 503 for one too many, 408 for a body that takes longer than `BODY_WITHIN` seconds.
    """
    answering: Counter[bool] = Counter()

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        # A slow body waits here, where it takes nobody's place.
        try:
            async with asyncio.timeout(BODY_WITHIN):
                await request.read()
        except TimeoutError:
            raise ProblemError(408) from None
        if request.method == hdrs.METH_DELETE or request.path in _ALWAYS:
            return await handler(request)
        talking = request.method == hdrs.METH_POST
        if answering[talking] >= most:
            raise ProblemError(503, TEXTS["busy"].da, {hdrs.RETRY_AFTER: "2"})
        answering[talking] += 1
        try:
            return await handler(request)
        finally:
            answering[talking] -= 1

    return middleware
