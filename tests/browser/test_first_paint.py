from __future__ import annotations

import asyncio

from playwright.async_api import BrowserContext, Route

PAINTED = """() => new Promise((painted) => {
  new PerformanceObserver((list) => {
    if (list.getEntriesByName("first-contentful-paint").length) painted(true);
  }).observe({ type: "paint", buffered: true });
})"""
MOST = 3


async def test_the_page_is_painted_after_three_requests(context: BrowserContext, site: str) -> None:
    """All others are held back until it is."""
    asked: list[str] = []
    painted = asyncio.Event()

    async def hold(route: Route) -> None:
        asked.append(route.request.url.removeprefix(site))
        if len(asked) > MOST:
            await painted.wait()
        await route.continue_()

    page = await context.new_page()
    await page.route(f"{site}/**", hold)
    async with page.expect_request("**/speech.js"):
        await page.goto(site, wait_until="commit")
        assert await page.evaluate(PAINTED)
        assert set(asked[:MOST]) == {"/", "/style.css", "/leaving.js"}
        painted.set()
