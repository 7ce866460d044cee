"""What the pages leave in a browser while they are open: nothing, and they ask nobody else for anything."""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext, Page, Request, expect

from tests.browser.conftest import EXIT, visit
from tests.browser.test_chat import answered
from tests.web.fake_assistant import FakeAssistant

TURNS = 20
TYPED = "zorbaflexen græder på Ærøgade"

STORED = """async () => ({
  cookies: document.cookie, local: localStorage.length, session: sessionStorage.length,
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  files: (await Array.fromAsync((await navigator.storage.getDirectory()).keys())).length,
})"""
NOTHING = {"cookies": "", "local": 0, "session": 0, "databases": 0, "caches": 0, "workers": 0, "files": 0}

# Whatever could keep something, ask for something or tell somebody; a call is noted instead of made.
POWERS = """() => {
  const noted = window.noted = [];
  const note = (owner, ...names) => {
    for (const name of names) if (owner?.[name]) owner[name] = () => { noted.push(name); return Promise.reject(new Error(name)); };
  };
  note(Storage.prototype, "setItem");
  note(IDBFactory.prototype, "open");
  note(CacheStorage.prototype, "open");
  note(ServiceWorkerContainer.prototype, "register");
  note(Geolocation.prototype, "getCurrentPosition", "watchPosition");
  note(MediaDevices.prototype, "getUserMedia", "getDisplayMedia", "enumerateDevices");
  note(Notification, "requestPermission");
  note(StorageManager.prototype, "persist");
  note(Clipboard.prototype, "read", "readText");
  note(History.prototype, "pushState", "replaceState");
  note(window, "open", "prompt", "alert", "confirm", "RTCPeerConnection", "WebSocket", "EventSource", "BroadcastChannel");
  note(HTMLCanvasElement.prototype, "toDataURL", "getContext");
}"""


async def test_nothing_is_stored_at_any_time(page: Page, context: BrowserContext) -> None:
    """C.2 23: every chatbot for survivors that the field's audit looked at left identifiers; whoever takes the phone finds them."""
    assert await page.evaluate(STORED) == NOTHING
    for turn in range(3):
        await answered(page, f"{TYPED} {turn}")
        assert await page.evaluate(STORED) == NOTHING
    await page.get_by_role("textbox").press_sequentially("halvt skrevet")
    assert await page.evaluate(STORED) == NOTHING
    await page.get_by_role("button", name="Forlad siden").click()
    await expect(page).to_have_url(EXIT)
    state = await context.storage_state(indexed_db=True)
    assert (state["cookies"], state["origins"]) == ([], [])


async def test_title_address_and_history_stay_the_same(page: Page, site: str) -> None:
    """C.2 24: the list of tabs, the address line and Back must not tell how long and about what somebody talked."""
    shown = "[document.title, location.href, history.length, document.querySelector('link[rel=icon]').href]"
    before = await page.evaluate(shown)
    assert before[:2] == ["Vejviser", f"{site}/"]
    for turn in range(TURNS):
        await answered(page, f"{TYPED} {turn}")
    await page.locator(".theirs").first.get_by_role("button").first.click()
    await expect(page.locator(".mine")).to_have_count(TURNS + 1)
    assert await page.evaluate(shown) == before


@pytest.mark.parametrize("path", ["/", "/tryghed", "/beskyttelse", "/opslag"])
async def test_no_page_uses_a_power_of_the_browser(context: BrowserContext, site: str, path: str) -> None:
    """C.2 23, 31: what no page of ours ever calls, no later change can turn into a trace or a question unseen."""
    page = await context.new_page()
    await page.add_init_script(f"({POWERS})()")
    if path == "/":
        await visit(page, site)
        await answered(page, TYPED)
    else:
        await page.goto(site + path)
    assert await page.evaluate("noted") == []
    # The notes work.
    assert await page.evaluate("() => { try { localStorage.setItem('a', 'b') } catch {}; return noted }") == ["setItem"]


async def test_every_request_from_load_to_exit_goes_to_us_and_tells_nothing(
    page: Page, context: BrowserContext, site: str, assistant: FakeAssistant
) -> None:
    """C.2 12, 22: other sites would learn that somebody is here; addresses stay in histories and logs, so they hold no key."""
    made: list[Request] = []
    context.on("request", lambda request: made.append(request))
    await visit(page, site)
    await answered(page, TYPED)
    keys = set(assistant.conversations)
    await page.get_by_role("button", name="Slet samtalen").click()
    await expect(page.locator(".mine")).to_have_count(0)
    await answered(page, TYPED)
    keys |= assistant.conversations
    await page.get_by_role("button", name="Forlad siden").click()
    await expect(page).to_have_url(EXIT)

    addresses = [request.url for request in made]
    assert len(keys) == 2
    assert addresses.count(EXIT) == 1
    assert len(addresses) > 5
    for request in made:
        assert request.url == EXIT or request.url.startswith(f"{site}/"), request.url
        assert "?" not in request.url, request.url
        assert not any(key in request.url for key in keys)
        assert not {"referer", "cookie", "authorization"} & request.headers.keys() or not request.url.startswith(EXIT)


async def test_a_keyboard_and_a_browser_are_asked_to_keep_nothing(page: Page) -> None:
    """C.2 27: remote spelling checks send the text away; suggestions from earlier input show it to the next person."""
    field = page.get_by_role("textbox")
    for name, value in {"autocomplete": "off", "spellcheck": "false", "autocorrect": "off", "autocapitalize": "sentences"}.items():
        await expect(field).to_have_attribute(name, value)
    for form in await page.locator("form.composer").all():
        await expect(form).to_have_attribute("autocomplete", "off")
    # Reloading sends no form again, so no browser asks whether it should.
    await answered(page, TYPED)
    await page.reload()
    await expect(page.locator(".mine")).to_have_count(0)
