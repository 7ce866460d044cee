"""What a slow phone waits for."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp
from playwright.async_api import Browser, async_playwright

from bench.load import Join, end, first
from bot.settings import ROOT, Settings

# A sixth of this machine's speed, and the network that WebPageTest calls 3G: 300 ms there and back, 1.6 Mbit/s down, 768 kbit/s up.
SLOWER = 6
_NETWORK = {"offline": False, "latency": 300, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 768_000 / 8}
_VISITS = 5
_QUESTION = "hvor kan jeg sove i nat"
_PAINTED = """() => new Promise((painted) => new PerformanceObserver((list) => {
  for (const { startTime } of list.getEntriesByName("first-contentful-paint")) painted(startTime);
}).observe({ type: "paint", buffered: true }))"""


@dataclass(frozen=True)
class SlowPhone:
    """Milliseconds from the start of a visit to the first paint, and to the answer to a question that is asked at once; medians."""

    painted: float
    answered: float


async def slow_phone(command: Sequence[str], join: Join) -> SlowPhone:
    """Starts the server with `command`, and visits it in Chromium, each time with an empty cache."""
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        async with aiohttp.ClientSession(raise_for_status=True) as session:
            await first(session, join, [server])
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=shutil.which(os.environ.get("CHROMIUM", "chromium")))
            visits = [await _visit(browser, f"http://127.0.0.1:{Settings().port}/") for _ in range(_VISITS)]
            await browser.close()
    finally:
        end([server])
    return SlowPhone(*(statistics.median(times) for times in zip(*visits, strict=True)))


async def _visit(browser: Browser, address: str) -> tuple[float, float]:
    context = await browser.new_context(viewport={"width": 360, "height": 740})
    page = await context.new_page()
    devtools = await context.new_cdp_session(page)
    await devtools.send("Network.emulateNetworkConditions", _NETWORK)
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    started = time.perf_counter()
    # The last thing that the page's scripts do is to ask for one more.
    async with page.expect_request("**/speech.js"):
        await page.goto(address, wait_until="commit")
    await page.locator("textarea").fill(_QUESTION)
    await page.keyboard.press("Enter")
    await page.locator(".theirs").nth(1).wait_for()
    answered = 1000 * (time.perf_counter() - started)
    painted: float = await page.evaluate(_PAINTED)
    await context.close()
    return painted, answered
