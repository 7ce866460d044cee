"""It stays a Rasa project: Rasa's own commands work in the root."""

import socket
import subprocess
import sys
from pathlib import Path

from bot.settings import ROOT


def rasa(*arguments: str, stdin: str = "") -> str:
    """What a Rasa command prints. Fails when the command does."""
    command = [sys.executable, "-W", "ignore", "-m", "rasa", *arguments]
    done = subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_rasa_train_makes_a_model(tmp_path: Path) -> None:
    rasa("train", "--out", str(tmp_path), "--fixed-model-name", "trained")
    assert (tmp_path / "trained.tar.gz").stat().st_size > 100_000


def test_rasa_data_validate_finds_no_conflict() -> None:
    assert "No story structure conflicts found" in rasa("data", "validate")


def test_rasa_test_nlu_measures_the_golden_questions(model: Path, tmp_path: Path) -> None:
    rasa("test", "nlu", "--model", str(model), "--out", str(tmp_path), "--no-plot")
    assert (tmp_path / "intent_report.json").is_file()


def test_rasa_shell_answers(model: Path) -> None:
    assert "50.000 kr." in rasa("shell", "--model", str(model), stdin="/moms\n/stop\n")


def test_rasa_run_actions_serves_our_actions() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "rasa", "run", "actions", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        for line in server.stderr:
            if "up and running" in line:
                break
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(b"GET /actions HTTP/1.0\r\n\r\n")
            answer = connection.makefile().read()
    finally:
        server.terminate()
        server.wait()
    for name in ("action_find_services", "action_course_dates", "action_suggest_topics"):
        assert name in answer
