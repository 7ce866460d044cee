"""What the README tells is so."""

import re

import pytest

from bot.dialogue.assistant import Assistant
from bot.settings import ROOT, Settings

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_stands_there(name: str) -> None:
    variable = "ACTION_ENDPOINT_URL" if name == "action_endpoint_url" else f"BOT_{name.upper()}"
    assert f"`{variable}`" in README


@pytest.mark.parametrize(
    "command", ["serve", "train", "check", "parse", "chat", "evaluate", "mask", "directory import", "directory export"]
)
def test_every_command_stands_there(command: str) -> None:
    assert f"`bot {command}" in README


def test_every_folder_of_the_tree_stands_there() -> None:
    for folder in (ROOT / "bot").iterdir():
        if folder.is_dir() and (folder / "__init__.py").is_file():
            assert f"bot/{folder.name}/" in README


async def test_the_ten_questions_are_answered(assistant: Assistant) -> None:
    questions = re.findall(r"^\d+\. (.+)$", README, re.MULTILINE)
    assert len(questions) == 10
    topics = []
    for question in questions:
        token, _ = await assistant.open()
        *_, answer = await assistant.reply(token, text=question)
        topics.append(answer.topic)
    assert topics == [
        "kontanthjaelp_hvem",
        "kontanthjaelp_uden_mitid",
        "cvr_skal_jeg",
        "cvr_anonymitet",
        "overnatning",
        "vaerested",
        "koenssygdom_test",
        "kursus",
        "akut_fare",
        "tal_med_menneske",
    ]
