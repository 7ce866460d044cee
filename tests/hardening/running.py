"""A real `bot serve` in a process and a folder of its own, and a person's talk with it over HTTP."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any, NamedTuple

from bot.settings import ROOT

# Any address in 127.0.0.0/8 is this machine; this one stands nowhere else, so a log that holds it names who called.
CALLER = "127.0.0.86"


class Answer(NamedTuple):
    """A status, headers and a body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class RunningServer:
    """Serves with everything that it may write in `folder`, and notes about it beside that, in `notes`."""

    def __init__(self, folder: Path, notes: Path, model: Path) -> None:
        self.folder = folder
        self._notes = notes
        for name in ("home", "tmp", "var", "models"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "models" / model.name).write_bytes(model.read_bytes())
        (folder / "models" / "current").write_text(model.name, encoding="utf-8")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self._log: list[bytes] = []
        self._ready = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process."""
        assert self._process
        return self._process.pid

    @property
    def log(self) -> bytes:
        """All that it has written to its standard output and error."""
        return b"".join(self._log)

    def start(self) -> None:
        """Starts it and waits until its model is loaded."""
        self._ready.clear()
        inherited = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
        environment = {
            **inherited,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),
            "BOT_PORT": str(self.port),
            "BOT_MODELS": str(self.folder / "models"),
            "BOT_DATABASE_URL": f"sqlite+aiosqlite:///{self.folder / 'var' / 'directory.db'}",
        }
        command = [sys.executable, "-m", "tests.hardening.serve", str(self._notes)]
        self._process = subprocess.Popen(
            command, cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
        self._reading = threading.Thread(target=self._read, args=(self._process,), daemon=True)
        self._reading.start()
        assert self._ready.wait(120), self.log.decode()[-4000:]

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout
        with process.stdout as lines:
            for line in lines:
                self._log.append(line)
                if b"er klar" in line:
                    self._ready.set()

    def kill(self) -> None:
        """Ends it as a power cut would."""
        assert self._process
        self._process.kill()
        self._process.wait()
        self._reading.join()

    def noted(self) -> list[tuple[str, str]]:
        """What it has opened for writing and whom it has called so far."""
        return [tuple(json.loads(line)) for line in self._notes.read_text(encoding="utf-8").splitlines()]

    def open_files(self) -> list[Path]:
        """Every regular file that the process holds open, deleted ones and memory files too; the notes apart."""
        files = [path for path in Path(f"/proc/{self.pid}/fd").iterdir() if path.is_file()]
        return [path for path in files if not path.samefile(self._notes)]

    def listening(self) -> list[str]:
        """The addresses at which the process can be called, as /proc tells them."""
        inodes = {link.removeprefix("socket:[").removesuffix("]") for link in self._links() if link.startswith("socket:")}
        tables = (Path(f"/proc/{self.pid}/net/{table}").read_text(encoding="ascii") for table in ("tcp", "tcp6", "udp", "udp6"))
        rows = [line.split() for table in tables for line in table.splitlines()[1:]]
        # 0A is LISTEN; UDP has no such state: a socket without a peer (07) takes what comes.
        return [row[1] for row in rows if row[9] in inodes and row[3] in ("0A", "07")]

    def _links(self) -> list[str]:
        links = []
        for path in Path(f"/proc/{self.pid}/fd").iterdir():
            try:
                links.append(str(path.readlink()))
            except OSError:
                continue
        return links

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Answer:
        """One request on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, source_address=(CALLER, 0), timeout=60)
        try:
            connection.request(method, path, body, dict(headers or {}))
            return _answer(connection.getresponse())
        finally:
            connection.close()

    def send(self, content: bytes) -> bytes:
        """Bytes that need not be HTTP, and all that comes back until the server hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(CALLER, 0)) as connection:
            connection.sendall(content)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def hang_up_after(self, content: bytes) -> None:
        """Bytes after which the caller is gone at once."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(CALLER, 0)) as connection:
            connection.sendall(content)


def _answer(response: HTTPResponse) -> Answer:
    return Answer(response.status, dict(response.getheaders()), response.read())
