"""Script, stylesheet and icon."""

from __future__ import annotations

import hashlib
from pathlib import Path

from aiohttp import ETag, hdrs, web

_FOLDER = Path(__file__).parent / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_HEADERS = {
    hdrs.CACHE_CONTROL: "public, max-age=300",
    hdrs.VARY: hdrs.ACCEPT_ENCODING,
    # Foreign pages load the widget as a module, which browsers fetch with CORS.
    hdrs.ACCESS_CONTROL_ALLOW_ORIGIN: "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Assets:
    """The static files, read once, each known by the hash of its content."""

    def __init__(self) -> None:
        self._bytes = {path.name: path.read_bytes() for path in _FOLDER.iterdir()}
        self._hashes = {name: hashlib.sha256(content).hexdigest()[:16] for name, content in self._bytes.items()}

    def address(self, name: str) -> str:
        """The path of the file `name`, which changes with its content."""
        return f"/{name}?v={self._hashes[name]}"

    def add_to(self, app: web.Application) -> None:
        """Serves every file under its name at the root."""
        for name in self._bytes:
            app.router.add_get(f"/{name}", self._serve)

    async def _serve(self, request: web.Request) -> web.Response:
        name = request.path.removeprefix("/")
        # Weak: the same tag stands for the compressed and the plain form.
        etag = ETag(value=self._hashes[name], is_weak=True)
        if any(known.value in (etag.value, "*") for known in request.if_none_match or ()):
            response = web.Response(status=304, headers=_HEADERS)
        else:
            content_type = _TYPES[Path(name).suffix]
            response = web.Response(body=self._bytes[name], content_type=content_type, charset="utf-8", headers=_HEADERS)
            response.enable_compression()
        response.etag = etag
        return response
