"""What a phone must load: no more than the budget, everything counted that any page may ask for."""

from __future__ import annotations

import re
from typing import Any

from aiohttp.test_utils import TestClient

from bot.web import assets

Client = TestClient[Any, Any]

MOST_SCRIPT = 10 * 1024
MOST_STYLE = 3 * 1024


async def size(client: Client, path: str) -> int:
    """The bytes that are sent for it, compressed."""
    response = await client.get(path, headers={"Accept-Encoding": "gzip"})
    assert response.status == 200
    assert response.headers["Content-Encoding"] == "gzip"
    return int(response.headers["Content-Length"])


async def test_all_scripts_together_keep_the_budget(client: Client) -> None:
    scripts = [path.name for path in assets._FOLDER.glob("*.js")]

    assert {"leaving.js", "chat.js", "widget.js"} <= set(scripts)
    assert sum([await size(client, f"/{name}") for name in scripts]) <= MOST_SCRIPT


async def test_the_stylesheet_keeps_the_budget(client: Client) -> None:
    assert await size(client, "/style.css?accent=aa3366") <= MOST_STYLE


async def test_the_page_names_one_stylesheet_and_one_script_which_needs_no_other(client: Client) -> None:
    """Three requests to first paint; an icon is asked for after that."""
    page = await (await client.get("/")).text()
    loaded = re.findall(r'<(?:link|script|img|iframe)\b[^>]*?(?:href|src)="([^"]+)"', page)

    assert loaded == ["/icon.svg", "/style.css", "/leaving.js"]
    assert not re.search(r"^\s*import\b", await (await client.get("/leaving.js")).text(), re.MULTILINE)
    assert "@import" not in await (await client.get("/style.css")).text()
