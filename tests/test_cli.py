"""The command line on the real content, and on content that is broken."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.dialogue.models import current_model, fingerprint, make_current, model_for
from bot.settings import Settings


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the content in which one topic's title is misspelt."""
    data = tmp_path / "data"
    shutil.copytree(Settings().data, data)
    topic = data / "topics" / "virksomhed" / "moms.yml"
    topic.write_text(topic.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    monkeypatch.setenv("BOT_DATA", str(data))
    monkeypatch.setenv("BOT_MODELS", str(tmp_path / "models"))
    return topic


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def given(monkeypatch: pytest.MonkeyPatch, *records: dict[str, Any]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(json.dumps(record) + "\n" for record in records)))


def test_the_content_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0, capsys.readouterr().out


def test_check_names_file_line_and_mend(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 1
    assert f"{broken}:1: titel: ukendt felt; mente du «title»?" in capsys.readouterr().err


def test_a_broken_topic_stops_training_and_leaves_the_model_in_use(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    models = Settings().models
    models.mkdir()
    old = models / "old.tar.gz"
    old.write_bytes(b"a model")
    make_current(old)
    assert main(["train"]) == 1
    assert str(broken) in capsys.readouterr().err
    assert current_model(models) == old


def test_an_answer_that_must_be_mended_stops_training(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = broken.read_text(encoding="utf-8").replace("titel:", "title:").replace("answer: |\n", "answer: |\n  Pas på!\n")
    broken.write_text(text, encoding="utf-8")
    assert main(["train"]) == 1
    assert "udråbstegn" in capsys.readouterr().err


def test_train_tells_the_model_and_its_fingerprint(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train"]) == 0
    settings = Settings()
    print_ = fingerprint(settings.data)
    assert capsys.readouterr().out == f"model: {model_for(settings.models, print_)}\nfingerprint: {print_}\n"


def test_the_fingerprint_changes_with_the_content(broken: Path) -> None:
    before = fingerprint(Settings().data)
    broken.write_text(broken.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert fingerprint(Settings().data) != before


@pytest.mark.usefixtures("model")
def test_parse_tells_how_each_message_is_understood(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    given(monkeypatch, {"text": "skal jeg betale moms"}, {"text": "hjælp han slår mig, ring 20 12 34 56"})
    assert main(["parse"]) == 0
    moms, danger = lines(capsys)
    assert moms.keys() == {"text", "masked", "topic", "confidence", "ranking", "safety", "fallback"}
    assert (moms["topic"], moms["safety"], moms["fallback"], len(moms["ranking"])) == ("moms", None, False, 5)
    assert danger["masked"] == "hjælp han slår mig, ring [telefonnummer]"
    assert danger["topic"] == danger["safety"]


@pytest.mark.usefixtures("model", "database_url")
def test_chat_keeps_sessions_apart(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    given(
        monkeypatch,
        {"session": "a", "text": "skal jeg betale moms"},
        {"session": "b", "payload": "/skat"},
        {"session": "a", "text": "hvor kan jeg sove i nat"},
    )
    assert main(["chat"]) == 0
    answers = lines(capsys)
    assert [(answer["session"], answer["topic"]) for answer in answers] == [("a", "moms"), ("b", "skat"), ("a", "overnatning")]
    assert answers[0]["messages"][0].keys() == {"text", "topic", "buttons", "services", "courses", "sources"}


@pytest.mark.usefixtures("model")
def test_evaluate_measures_against_known_topics(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "questions.jsonl"
    questions = [("skal jeg betale moms", "moms"), ("han slår mig nu", "akut_fare"), ("hvor kan jeg sove i nat", "moms")]
    file.write_text("".join(json.dumps({"text": text, "topic": topic}) + "\n" for text, topic in questions), encoding="utf-8")
    assert main(["evaluate", str(file), "--json"]) == 0
    (report,) = lines(capsys)
    figures = report["questions"]
    assert figures["accuracy"] == pytest.approx(2 / 3)
    assert figures["recall"] == {"akut_fare": 1.0, "moms": 0.5}
    assert figures["confusions"] == [["moms", "overnatning", 1]]
    assert (figures["safety_recall"], figures["false_alarms"]) == (1.0, 0.0)


def test_mask_tells_what_it_hid_in_code_points(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    given(monkeypatch, {"text": "\N{PILE OF POO} 010190-1234"})
    assert main(["mask"]) == 0
    assert lines(capsys) == [{"text": "\N{PILE OF POO} 010190-1234", "masked": "\N{PILE OF POO} [cpr-nummer]", "spans": [[2, 13, "cpr"]]}]


def test_a_line_that_is_no_json_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"text": "hej"}\nhej\n'))
    assert main(["mask"]) == 1
    assert "linje 2 er ikke et JSON-objekt" in capsys.readouterr().err


def test_the_directory_comes_out_and_goes_in_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'a.db'}")
    assert main(["directory", "export", str(tmp_path / "all.yml")]) == 0
    assert main(["directory", "import", str(tmp_path / "all.yml")]) == 0
    assert "er hentet ind" in capsys.readouterr().out
    assert main(["directory", "export", str(tmp_path / "again.yml")]) == 0
    assert (tmp_path / "again.yml").read_bytes() == (tmp_path / "all.yml").read_bytes()
