"""Scripts, stylesheet and icon."""

from __future__ import annotations

from pathlib import Path

from aiohttp import hdrs, web

from bot.web.accent import accent_rules, is_colour

_FOLDER = Path(__file__).parent / "static"
_STYLE = "style.css"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_HEADERS = {
    hdrs.VARY: hdrs.ACCEPT_ENCODING,
    # Foreign pages load the widget as a module, which browsers fetch with CORS.
    hdrs.ACCESS_CONTROL_ALLOW_ORIGIN: "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Assets:
    """The static files, read once.

    Like the pages they are not to be stored: a file of ours in the browser's cache would tell that somebody was here. So they need
    no names that change with their content, and modules can import one another by name.
    """

    def __init__(self) -> None:
        self._files = {path.name: path.read_bytes() for path in _FOLDER.iterdir()}

    def add_to(self, app: web.Application) -> None:
        """Serves every file under its name at the root; the stylesheet also in another colour (`?accent=aa3366`)."""
        for name in self._files:
            app.router.add_get(f"/{name}", self._serve)

    async def _serve(self, request: web.Request) -> web.Response:
        name = request.path.removeprefix("/")
        body = self._files[name]
        if name == _STYLE and is_colour(accent := request.query.get("accent", "")):
            body += accent_rules(accent, body.decode()).encode()
        response = web.Response(body=body, content_type=_TYPES[Path(name).suffix], charset="utf-8", headers=_HEADERS)
        response.enable_compression()
        return response
