"""Answers that a client may keep, and ask again whether they still hold (RFC 9110, section 13)."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from aiohttp import ETag, hdrs, web

_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
# Seconds; short, so that a course that is cancelled is soon seen to be.
KEPT_FOR = 5 * 60
_CACHE_CONTROL = f"public, max-age={KEPT_FOR}, must-revalidate"


class Representation:
    """Bytes of a `content_type`, known by their SHA-256 and by when they were last changed.

    `modified` has a time zone; it is None when nobody knows. Hashing is done once, here: keep what is large.
    """

    def __init__(self, body: bytes, content_type: str, modified: datetime | None) -> None:
        self.body = body
        self._content_type = content_type
        self._modified = modified and modified.replace(microsecond=0)
        self._etag = ETag(hashlib.sha256(body).hexdigest())

    def answer(self, request: web.Request) -> web.Response:
        """The bytes (200), or only that they are still what the client has (304). The same for every client."""
        response = web.Response(status=304) if self._known(request) else web.Response(body=self.body)
        if response.status == 200:
            response.headers[hdrs.CONTENT_TYPE] = self._content_type
        response.headers[hdrs.CACHE_CONTROL] = _CACHE_CONTROL
        response.etag = self._etag
        response.last_modified = self._modified
        return response

    def _known(self, request: web.Request) -> bool:
        # If-None-Match wins; If-Modified-Since is then not looked at, even when no tag can be read.
        if lines := request.headers.getall(hdrs.IF_NONE_MATCH, []):
            tags = ", ".join(lines)
            return tags.strip() == "*" or self._etag.value in _TAG.findall(tags)
        since = request.if_modified_since
        return bool(since and self._modified and self._modified <= since)


def respond(request: web.Request, body: bytes, content_type: str, modified: datetime | None) -> web.Response:
    """`body` as a `content_type` such as `application/json`, or 304 when `request` says the client has these very bytes.

    `modified` (with a time zone) is when they were last changed, if that is known. Headers may be added to the answer.
    """
    return Representation(body, content_type, modified).answer(request)
