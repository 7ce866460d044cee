"""It stays a Rasa project: Rasa's own commands work in the root."""

import json
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

from bot.settings import ROOT


def rasa(*arguments: str) -> str:
    """What a Rasa command prints. Fails when the command does."""
    command = [sys.executable, "-W", "ignore", "-m", "rasa", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
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
    command = [sys.executable, "-W", "ignore", "-m", "rasa", "shell", "--model", str(model)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as shell:
        assert shell.stdin is not None
        assert shell.stdout is not None
        shell.stdin.write("/hvem_er_du\n")
        shell.stdin.flush()
        # The buttons that follow wait for arrow keys; the answer is enough.
        answered = any("Jeg er en robot" in line for line in shell.stdout)
        shell.kill()
    assert answered


def test_rasa_run_actions_serves_our_actions() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = free.getsockname()
    command = [sys.executable, "-m", "rasa", "run", "actions", "--port", str(address[1])]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        actions = json.loads(asked(address, "/actions"))
    finally:
        server.terminate()
        server.wait()
    assert {"action_look_up", "action_safety", "validate_cvr_hvordan_form"} <= {action["name"] for action in actions}


def asked(address: tuple[str, int], path: str) -> bytes:
    """What a server answers, once it listens."""
    waiting = threading.Event()
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://{address[0]}:{address[1]}{path}", timeout=10) as answer:
                return bytes(answer.read())
        except OSError:
            waiting.wait(0.1)
    raise TimeoutError(path)
