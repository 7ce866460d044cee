from __future__ import annotations

import asyncio

from playwright.async_api import BrowserContext, Page, Response, Route, expect

from bot.privacy.admission import EASIEST, Admission
from bot.privacy.proof_of_work import ProofOfWork
from tests.browser.test_chat import QUESTION, ask
from tests.flooding import exhausted, flood
from tests.solving import solved

# What only a page that is under attack would try.
FORBIDDEN = """() => [
  () => new Worker("/proof.js"),
  () => new Worker("data:text/javascript,"),
  () => trustedTypes.createPolicy("another", { createScriptURL: (url) => url }),
  () => trustedTypes.createPolicy("vejviser-work", { createScriptURL: (url) => url }),
  () => { document.body.innerHTML = "<p>" },
].map((attempt) => { try { attempt(); return "allowed"; } catch (error) { return error.name; } })"""


def noted(page: Page) -> list[tuple[int, str]]:
    """Status and path of every answer that `page` gets from now on."""
    answers: list[tuple[int, str]] = []

    def note(response: Response) -> None:
        answers.append((response.status, "/" + response.url.split("/", 3)[3]))

    page.on("response", note)
    return answers


async def continued(route: Route, held: asyncio.Event) -> None:
    """Lets a request go on when `held` is set."""
    await held.wait()
    await route.continue_()


async def test_under_load_the_page_works_and_the_person_gets_her_answer(page: Page, admission: Admission) -> None:
    flood(admission)
    answers = noted(page)
    await ask(page)

    await expect(page.locator(".card").first).to_be_visible()
    await expect(page.get_by_role("alert")).to_be_empty()
    opened = [status for status, path in answers if path == "/api/chat"]
    assert opened == [429, 201]
    assert {(200, "/work.js"), (200, "/proof.js")} <= set(answers)


async def test_while_it_works_the_page_says_that_it_is_answering(page: Page, admission: Admission) -> None:
    flood(admission)
    held = asyncio.Event()
    await page.route("**/proof.js", lambda route: continued(route, held))
    await ask(page)

    await expect(page.get_by_text("Vejviser skriver")).to_be_visible()
    await expect(page.get_by_role("alert")).to_be_empty()
    held.set()
    await expect(page.locator(".card").first).to_be_visible()
    await expect(page.get_by_text("Vejviser skriver")).to_be_hidden()


async def test_without_load_nothing_of_it_is_loaded(page: Page) -> None:
    answers = noted(page)
    await ask(page)

    await expect(page.locator(".card").first).to_be_visible()
    assert not {path for _, path in answers} & {"/work.js", "/proof.js"}


async def test_who_cannot_be_let_in_is_told_and_keeps_what_she_typed(page: Page, admission: Admission) -> None:
    def come() -> None:
        admission.enter(solved(flood(admission)), 0)

    exhausted(come)
    await ask(page)

    await expect(page.get_by_role("alert")).to_contain_text("Der er mange, der spørger lige nu. Prøv igen om lidt.")
    await expect(page.get_by_role("textbox")).to_have_value(QUESTION)


async def test_a_worker_that_does_not_come_is_told_and_the_text_stays(page: Page, admission: Admission) -> None:
    flood(admission)
    await page.route("**/proof.js", lambda route: route.abort())
    await ask(page)

    await expect(page.get_by_role("alert")).to_contain_text("Prøv igen om lidt.")
    await expect(page.get_by_role("textbox")).to_have_value(QUESTION)


async def test_the_policy_lets_in_the_one_worker_and_nothing_else(context: BrowserContext, site: str) -> None:
    work = ProofOfWork()
    page = await context.new_page()
    await page.goto(site)
    proof = await page.evaluate("async (challenge) => (await import('/work.js')).solve(challenge)", work.challenge(EASIEST))

    work.check(proof)
    assert await page.evaluate(FORBIDDEN) == ["TypeError"] * 5
