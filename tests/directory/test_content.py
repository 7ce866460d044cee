"""The directory's own files, as they stand in data/directory."""

import re
from pathlib import Path

import pytest

from bot.directory.files import read_folder
from bot.directory.known import known
from bot.directory.store import Directory
from bot.settings import ROOT

FOLDER = ROOT / "data" / "directory"
CONTENT = read_folder(FOLDER)


async def test_the_files_can_be_seeded(directory: Directory) -> None:
    assert await directory.seed(FOLDER)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.name)
def test_a_file_stays_readable_for_an_editor(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


def test_no_crisis_centre_has_an_address() -> None:
    shelters = {name: service for name, service in CONTENT.services.items() if "krisecent" in f"{name} {service.name}".casefold()}
    assert len(shelters) >= 4
    assert not any(service.addresses for service in shelters.values())


def test_no_number_is_shown_that_the_facts_call_unconfirmed_or_old() -> None:
    numbers = {phone.number.replace(" ", "") for service in CONTENT.services.values() for phone in service.phones}
    assert not numbers & {"35455032", "38641650", "38647360", "33666333", "33663366", "33914810", "70203082", "35819845", "70116263"}


def test_words_are_the_projects_own() -> None:
    texts = [f"{service.name} {service.description} {service.note}" for service in CONTENT.services.values()]
    assert not [text for text in texts if re.search(r"prostitu|luder|!", text, re.IGNORECASE)]


def test_known_gives_what_topics_may_point_to() -> None:
    offered = known(FOLDER)
    assert {"reden-koebenhavn", "alarm-112"} <= set(offered.services)
    assert {"overnatning", "jura"} <= set(offered.needs)
    assert {"112", "33173333"} <= set(offered.phones)
    assert "33330047" not in offered.phones  # old: shown with its year, never told as a fact
