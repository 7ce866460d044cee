from pathlib import Path

import pytest

from bot.topics.content import load
from bot.topics.yaml_file import ContentError
from tests.topics.conftest import changed, listed

POLISH = listed("dzień dobry")


def broken(data: Path, old: str, new: str, file: str = "topics/virksomhed/moms.yml") -> str:
    """The message for a content folder in which one thing is changed."""
    with pytest.raises(ContentError) as error:
        load(changed(data, file, old, new))
    return str(error.value)


def test_a_topic_gets_id_area_and_kind_from_its_place(data: Path) -> None:
    moms = load(data).topics["moms"]
    assert (moms.id, moms.area, moms.kind, moms.title) == ("moms", "virksomhed", "answer", "Moms")


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "mend"),
    [
        ("title: Moms\n", "titel: Moms\n", 1, "titel", "mente du «title»?"),
        ("title: Moms\n", "", 1, "title", "feltet mangler"),
        ("title: Moms", "title: " + "M" * 61, 1, "title", "højst 60 tegn"),
        ("checked: 2026-11-20", "checked: i går", 67, "sources.1.checked", "2026-11-20"),
        ('url: "https://skm.dk"', "url: skm.dk", 67, "sources.1.url", "https://"),
        ("follow_ups: [skat]", "follow_ups: skat", 65, "follow_ups", "liste"),
        ("  - moms nummer 0\n", "  - [moms, nummer]\n", 5, "examples.1", "tekst"),
        ("follow_ups: [skat]", "id: moms", 65, "id", "skrives ikke i filen"),
        ("title: Moms", "title: [Moms", 2, "", "YAML kan ikke læses"),
        ("follow_ups: [skat]", "title: Moms igen", 65, "", "YAML kan ikke læses"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_mend(data: Path, old: str, new: str, line: int, field: str, mend: str) -> None:
    message = broken(data, old, new)
    assert f"moms.yml:{line}: " in message
    assert f": {field}: " in message or not field
    assert mend in message


def test_every_mistake_of_every_file_is_told_at_once(data: Path) -> None:
    (data / "topics/virksomhed/skat.yml").write_text("title: [", encoding="utf-8")
    message = broken(data, "value: 50000", "value: mange", "facts.yml")
    assert "skat.yml:" in message
    assert "facts.yml:4: value:" in message


def test_a_file_that_is_no_utf8_is_refused(data: Path) -> None:
    (data / "topics/virksomhed/skat.yml").write_bytes("title: Skattevæsen".encode("latin-1"))
    with pytest.raises(ContentError, match="ikke UTF-8"):
        load(data)


def test_a_file_outside_the_inventory_is_refused(data: Path) -> None:
    (data / "topics/virksomhed/told.yml").write_text("title: Told", encoding="utf-8")
    with pytest.raises(ContentError, match="«told» står ikke under «virksomhed»"):
        load(data)


def test_a_period_that_ends_before_it_begins_is_refused(data: Path) -> None:
    assert "facts.yml:2: " in broken(data, "valid_to: 2026-12-31", "valid_to: 2024-12-31", "facts.yml")


def test_other_languages_are_read_by_their_code(data: Path) -> None:
    languages = load(data).languages
    assert (languages["en"].name, languages["en"].examples) == ("Engelsk", tuple(f"hello {number}" for number in range(20)))
    assert (languages["pl"].danger, languages["pl"].lines) == (None, None)


def test_content_needs_no_other_language_and_no_guide(data: Path) -> None:
    (data / "languages.yml").unlink()
    (data / "guides" / "moms.yml").unlink()
    assert (load(data).languages, load(data).guides) == ({}, {})


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "mend"),
    [
        ("name: Polsk", "navn: Polsk", 7, "name", "feltet mangler"),
        (f"  examples: [{POLISH}]\n", "", 7, "examples", "feltet mangler"),
        (f"[{POLISH}]", "[]", 9, "examples", "listen er tom"),
        (f"[{POLISH}]", "dzień dobry", 9, "examples", "liste"),
        ("danger: If", "fare: If", 4, "fare", "ukendt felt"),
        (f"pl:\n  name: Polsk\n  examples: [{POLISH}]", "pl: Polsk", 7, "", "felter med indrykning"),
    ],
)
def test_a_mistake_in_a_language_is_named(data: Path, old: str, new: str, line: int, field: str, mend: str) -> None:
    message = broken(data, old, new, "languages.yml")
    assert f"languages.yml:{line}: {field}" in message
    assert mend in message


def test_a_change_of_a_file_is_seen_however_quickly_it_comes(data: Path) -> None:
    path = data / "topics/virksomhed/moms.yml"
    before = load(data)
    assert load(data) is before
    path.write_text(path.read_text(encoding="utf-8").replace("title: Moms", "title: Mums"), encoding="utf-8")
    assert load(data).topics["moms"].title == "Mums"
