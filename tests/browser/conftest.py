from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route, async_playwright

from bot.directory.store import Directory
from bot.settings import Settings
from tests.web.fake_app import make_app, opened_directory
from tests.web.fake_assistant import FakeAssistant

EXIT = "https://exit.example/"
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
async def directory(tmp_path: Path) -> AsyncIterator[Directory]:
    async with opened_directory(tmp_path) as directory:
        yield directory


@pytest.fixture
async def host() -> AsyncIterator[TestServer]:
    """A foreign page's server: another origin, whose page `/?site=…` embeds the widget of that site."""

    async def page(request: web.Request) -> web.Response:
        script = f'<script type="module" src="{request.query["site"]}/widget.js"></script>'
        head = '<!doctype html><meta name="referrer" content="no-referrer"><title>x</title>'
        return web.Response(text=f"{head}{script}<vejviser-chat></vejviser-chat>", content_type="text/html")

    app = web.Application()
    app.router.add_get("/", page)
    async with TestServer(app) as server:
        yield server


@pytest.fixture
async def site(assistant: FakeAssistant, directory: Directory, host: TestServer) -> AsyncIterator[str]:
    """The address of the pages, with no slash at the end."""
    settings = Settings(exit_url=EXIT, frame_ancestors=(str(host.make_url("")).rstrip("/"),))
    async with TestServer(make_app(assistant, directory, settings)) as server:
        yield str(server.make_url("")).rstrip("/")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    executable = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    assert executable, "Chromium is missing: apt-get install chromium"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable)
        yield browser
        await browser.close()


@pytest.fixture
async def context(browser: Browser, site: str) -> AsyncIterator[BrowserContext]:
    """A phone. Only the exit page answers for the rest of the web; whatever else is asked for there fails the test."""
    foreign: list[str] = []

    async def elsewhere(route: Route) -> None:
        if route.request.url == EXIT:
            await route.fulfill(body="elsewhere")
        else:
            foreign.append(route.request.url)
            await route.abort()

    context = await browser.new_context(viewport=PHONE, locale="da-DK", timezone_id="America/New_York")  # type: ignore[arg-type]
    await context.route(lambda url: not url.startswith("http://127.0.0.1:"), elsewhere)
    yield context
    await context.close()
    assert foreign == []


@pytest.fixture
async def page(context: BrowserContext, site: str) -> AsyncIterator[Page]:
    """The chat with its greeting. Errors, broken policies and messages on the console fail the test."""
    page = await context.new_page()
    complaints: list[str] = []
    watch(page, complaints)
    await page.goto(site)
    await page.locator(".theirs").wait_for()
    yield page
    assert complaints == []


def watch(page: Page, complaints: list[str]) -> None:
    """Notes what `page` does that it should not; an answer that is no success is none of that."""

    def on_console(message: ConsoleMessage) -> None:
        if "Failed to load resource" not in message.text:
            complaints.append(message.text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: _look_at(request, complaints))


def _look_at(request: Request, complaints: list[str]) -> None:
    if "cookie" in request.headers or "referer" in request.headers:
        complaints.append(f"{request.url} carries what it should not")
