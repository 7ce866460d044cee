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
from bot.privacy.admission import Admission
from bot.settings import Settings
from bot.topics.content import Content
from bot.web.keys import ADMISSION
from tests.clock import Clock
from tests.web.fake_app import content, make_app, opened_directory
from tests.web.fake_assistant import FakeAssistant

EXIT = "https://exit.example/"
OTHER_EXIT = "https://other-exit.example/"
PHONE = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 900}
# What a screen of 1280 x 1024 has left when it is enlarged (WCAG 1.4.10).
AT_400_PERCENT = {"width": 320, "height": 256}


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
async def directory(tmp_path: Path) -> AsyncIterator[Directory]:
    async with opened_directory(tmp_path) as directory:
        yield directory


@pytest.fixture
async def host() -> AsyncIterator[TestServer]:
    """A foreign page's server: another origin, whose page `/?site=…&attributes=…` embeds the widget of that site."""

    async def page(request: web.Request) -> web.Response:
        script = f'<script type="module" src="{request.query["site"]}/widget.js"></script>'
        head = '<!doctype html><html lang="da"><meta name="referrer" content="no-referrer"><title>x</title>'
        widget = f"<h1>En anden side</h1><vejviser-chat {request.query.get('attributes', '')}></vejviser-chat>"
        return web.Response(text=f"{head}{script}{widget}", content_type="text/html")

    app = web.Application()
    app.router.add_get("/", page)
    async with TestServer(app) as server:
        yield server


@pytest.fixture
def topics() -> Content:
    return content()


@pytest.fixture
async def server(assistant: FakeAssistant, directory: Directory, topics: Content, host: TestServer) -> AsyncIterator[TestServer]:
    """The pages' server, which a test may close. What it lets in does not grow with time."""
    settings = Settings(exit_url=EXIT, exit_urls=(OTHER_EXIT,), frame_ancestors=(str(host.make_url("")).rstrip("/"),))
    async with TestServer(make_app(assistant, directory, settings, Clock(), topics)) as server:
        yield server


@pytest.fixture
def admission(server: TestServer) -> Admission:
    """What decides who is let in."""
    admission: Admission = server.app[ADMISSION]
    return admission


@pytest.fixture
def site(server: TestServer) -> str:
    """The address of the pages, with no slash at the end."""
    return str(server.make_url("")).rstrip("/")


@pytest.fixture
def engine() -> str:
    """Which browser."""
    return "chromium"


@pytest.fixture
async def browser(engine: str) -> AsyncIterator[Browser]:
    name = {"chromium": "chromium", "firefox": "firefox-esr"}[engine]
    executable = shutil.which(os.environ.get(engine.upper(), name))
    assert executable, f"{engine} is missing: apt-get install {name}"
    async with async_playwright() as playwright:
        # Debian's Firefox is Mozilla's own, which is spoken to in WebDriver BiDi.
        channel = "moz-firefox" if engine == "firefox" else None
        browser = await getattr(playwright, engine).launch(executable_path=executable, channel=channel)
        yield browser
        await browser.close()


@pytest.fixture
async def context(browser: Browser, site: str) -> AsyncIterator[BrowserContext]:
    """A phone. Only the exits answer for the rest of the web; whatever else is asked for there fails the test."""
    foreign: list[str] = []

    async def elsewhere(route: Route) -> None:
        if route.request.url in (EXIT, OTHER_EXIT):
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
    await visit(page, site)
    yield page
    assert complaints == []


@pytest.fixture
async def plain(browser: Browser, site: str) -> AsyncIterator[Page]:
    """The chat where no scripts run."""
    context = await browser.new_context(java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(site)
    yield page
    assert await context.cookies() == []
    await context.close()


async def visit(page: Page, address: str) -> None:
    """Opens the chat and waits until its scripts run; the last thing they do is to ask for one more."""
    async with page.expect_request("**/speech.js"):
        await page.goto(address)


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
