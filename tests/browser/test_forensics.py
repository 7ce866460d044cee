"""A real browser profile after a conversation, searched file by file."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
import trustme
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Error, Page, async_playwright, expect

from bot.directory.store import Directory
from bot.settings import Settings
from tests.browser.conftest import visit
from tests.browser.test_chat import answered
from tests.hardening.traces import PACKED_OTHERWISE, files_below, traces
from tests.web.fake_app import make_app
from tests.web.fake_assistant import FakeAssistant

TYPED = ("zorbaflexen græder på Ærøgade", "min kæreste kvurmel slår mig")
HALF_TYPED = "snøvsen tør jeg ikke sende"
WORDS = ("zorbaflexen", "kvurmel", "snøvsen", "på Ærøgade", "tør jeg ikke")

# What an ordinary site leaves, each in its own place.
LEFT = {
    "local": "kontrolgræs lokalt",
    "database": "kontroltræ i basen",
    "cookie": "kontrolkage",
    "page": "kontrolside",
    "form": "kontrolskema",
}
ORDINARY = f"""<!doctype html><title>{LEFT["page"]}</title><form><textarea></textarea></form><script>
  localStorage.setItem("a", "{LEFT["local"]}");
  document.cookie = "{LEFT["cookie"]}=a; max-age=99999";
  const opening = indexedDB.open("a", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("a");
  opening.onsuccess = () => {{
    const writing = opening.result.transaction("a", "readwrite");
    for (let number = 0; number < 200; number++) writing.objectStore("a").put("{LEFT["database"]} ".repeat(20), number);
    writing.oncomplete = () => document.documentElement.classList.add("done");
  }};
</script>"""


@pytest.fixture
async def elsewhere() -> AsyncIterator[str]:
    """Another site, over TLS: `/` is where leaving leads, `/ordinary` stores what it can."""

    async def answer(request: web.Request) -> web.Response:
        text = ORDINARY if request.path == "/ordinary" else "<!doctype html><title>Vejret</title>Sol"
        headers = {"Cache-Control": "max-age=9999"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    server = TestServer(app, scheme="https")
    await server.start_server(ssl=tls)
    yield str(server.make_url("/"))
    await server.close()


@pytest.fixture
async def site(assistant: FakeAssistant, directory: Directory, elsewhere: str) -> AsyncIterator[str]:
    async with TestServer(make_app(assistant, directory, Settings(exit_url=elsewhere))) as server:
        yield str(server.make_url("")).rstrip("/")


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@asynccontextmanager
async def browsing(profile: Path, *arguments: str, scripts: bool = True) -> AsyncIterator[Page]:
    """A browser that keeps its profile; it is closed as a person closes it."""
    executable = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    assert executable, "Chromium is missing: apt-get install chromium"
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            profile, executable_path=executable, args=arguments, ignore_https_errors=True, java_script_enabled=scripts
        )
        yield context.pages[0]
        with suppress(Error):
            await context.close()


async def talk(page: Page, site: str) -> None:
    """Two questions, typed key by key, and a third that is not sent."""
    await visit(page, site)
    for text in TYPED:
        await page.get_by_role("textbox").press_sequentially(text)
        await answered(page, text)
    await page.get_by_role("textbox").press_sequentially(HALF_TYPED)


async def leave(page: Page, exit_url: str) -> None:
    await page.get_by_role("button", name="Forlad siden").click()
    await expect(page).to_have_url(exit_url)


def kill(profile: Path) -> None:
    """Ends every process of the browser with this profile, as a battery does that runs out."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str(profile) in (process / "cmdline").read_text(encoding="utf-8"):
                os.kill(int(process.name), signal.SIGKILL)


def found(profile: Path, *sentences: str) -> set[str]:
    """Those of `sentences` that the profile holds."""
    files = files_below(profile)
    assert not [path for path in files if path.suffix in PACKED_OTHERWISE]
    return {sentence for _, sentence in traces(files, *sentences)}


async def test_after_leaving_the_profile_holds_no_word_that_was_typed(profile: Path, site: str, elsewhere: str) -> None:
    """C.2 26: whoever examines the phone afterwards finds that Vejviser was opened, and nothing of what it was for."""
    async with browsing(profile) as page:
        await page.goto(f"{elsewhere}ordinary")
        await page.locator(".done").wait_for(state="attached")
        await page.get_by_role("textbox").fill(LEFT["form"])
        await page.goto(elsewhere)
    async with browsing(profile) as page:
        await talk(page, site)
        await leave(page, elsewhere)

    # What an ordinary site leaves is found in the same files, so the search would have found ours.
    assert found(profile, *LEFT.values()) == set(LEFT.values())
    assert found(profile, *TYPED, *WORDS) == set()
    assert found(profile, f"{site}/") == {f"{site}/"}
    # No page or file of ours is in a cache.
    assert found(profile, "Du skriver med en maskine", "location.replace(exit)", "color-scheme") == set()


async def test_a_browser_that_dies_in_the_middle_holds_no_word_that_was_typed(profile: Path, site: str, elsewhere: str) -> None:
    """C.2 26: browsers save forms every few seconds, to bring them back after a crash; nobody presses «Forlad siden» on a dead phone."""
    async with browsing(profile) as page:
        await talk(page, site)
        other = await page.context.new_page()
        await other.goto(f"{elsewhere}ordinary")
        await other.get_by_role("textbox").fill(LEFT["form"])
        # In front again, ours is saved before the other.
        await page.bring_to_front()
        async with asyncio.timeout(60):
            while not found(profile, LEFT["form"]):
                await page.evaluate("() => new Promise(requestAnimationFrame)")
        kill(profile)
    assert found(profile, f"{site}/") == {f"{site}/"}
    assert found(profile, *TYPED, *WORDS) == set()


async def test_without_scripts_a_private_window_holds_no_word_that_was_typed(profile: Path, site: str, elsewhere: str) -> None:
    """C.2 26, 29: browsers keep posted forms so that Back can bring them again; what a private window forgets, it forgets."""
    async with browsing(profile, "--incognito", scripts=False) as page:
        await page.goto(site)
        for text in TYPED:
            await page.get_by_role("textbox").fill(text)
            await page.get_by_role("button", name="Send").click()
            await page.get_by_text(re.compile(f"Du skrev: {text}")).wait_for()
        await leave(page, elsewhere)
    assert found(profile, *TYPED, *WORDS) == set()
