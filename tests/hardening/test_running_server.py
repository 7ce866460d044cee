"""The real server after a scripted talk: what is left of it on the disk, in the logs, in open files, on the network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

import pytest

from bot.settings import Settings
from tests.hardening.running import CALLER, Answer, RunningServer
from tests.hardening.serve import BREAK_ACTION, BREAK_PAGE, BREAK_UNDERSTANDING
from tests.hardening.traces import files_below, holds, traces

WORD = "zorbaflexen"
TYPED = (
    f"{WORD} græder hos mig på Ærøgade, hvor kan jeg sove i nat",
    f"han truer mig med {WORD} lige nu",
    f"hej {WORD}",
    f"/{WORD}{{",
    f"jeg tjener {WORD} kroner på gaden, får jeg så kontanthjælp",
)
# One word is enough to find any of them; the others make sure that letters outside ASCII are not what hides them.
SENTENCES = (WORD, "Ærøgade", "græder hos mig")
ABOUT = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 7.0) kvarmeltelefon",
    "Referer": "https://vaertside.example/snoevsen",
    "X-Forwarded-For": "198.51.100.77",
    "Forwarded": "for=198.51.100.78",
    "Cookie": "sporing=flimrekage",
    "Accept-Language": "da-DK",
}
WHO = (CALLER, "kvarmeltelefon", "snoevsen", "198.51.100.77", "198.51.100.78", "flimrekage")
TURN = "/api/chat/messages"


class Talk(NamedTuple):
    """The keys of a conversation that was ended and of one that goes on, and every answer to what was said."""

    ended: str
    running: str
    answers: dict[str, Answer]


@pytest.fixture(scope="module")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    server = RunningServer(tmp_path_factory.mktemp("server"), tmp_path_factory.mktemp("notes") / "notes", model)
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def talk(server: RunningServer, ready: list[tuple[str, str]]) -> Talk:
    """Two people's talk with all that can go wrong in it; one of them ends it."""
    answers: dict[str, Answer] = {}
    ended, running, broken = (_opened(server) for _ in range(3))
    for number, text in enumerate(TYPED):
        answers[f"said {number}"] = _say(server, ended, text)
        _say(server, running, text)
    for word in (BREAK_PAGE, BREAK_UNDERSTANDING, BREAK_ACTION):
        answers[word] = _say(server, broken, f"{word} {WORD} hvor kan jeg sove i nat")
    bearer = _bearer(ended)
    answers["413"] = server.ask("POST", TURN, bearer, WORD.encode() * Settings().max_body)
    answers["400"] = server.ask("POST", TURN, bearer, f'{{"text": "{WORD}'.encode())
    answers["400, too long"] = _say(server, ended, WORD * 100)
    answers["400, unknown key"] = server.ask("POST", TURN, bearer, json.dumps({WORD: "Ærøgade"}).encode())
    answers["old button"] = server.ask("POST", TURN, bearer, json.dumps({"payload": f'/moms{{"{WORD}": 1'}).encode())
    answers["401"] = _say(server, WORD, "hej")
    answers["404"] = server.ask("GET", quote(f"/{WORD}/Ærøgade"), ABOUT)
    answers["405"] = server.ask("PUT", "/api/chat", ABOUT, WORD.encode())
    answers["415"] = server.ask("POST", TURN, {**bearer, "Content-Type": "text/html"}, WORD.encode())
    answers["form"] = _post(server, text=TYPED[0])
    answers["form, too long"] = _post(server, text=WORD * 100)
    answers["search"] = server.ask("GET", "/opslag?" + urlencode({"q": f"{WORD} Ærøgade"}), ABOUT)
    whole = json.dumps({"text": TYPED[0]}).encode()
    server.hang_up_after(_request(ended, len(whole), whole))
    server.hang_up_after(_request(ended, 1000, whole))
    server.send(f"{WORD}\r\n\r\n".encode())
    assert server.ask("DELETE", "/api/chat", bearer).status == 204
    return Talk(ended, running, answers)


def _bearer(token: str) -> dict[str, str]:
    return {**ABOUT, "Authorization": f"Bearer {token}", "Content-Type": "application/json"}


def _opened(server: RunningServer) -> str:
    answer = server.ask("POST", "/api/chat", ABOUT)
    assert answer.status == 201
    return str(answer.json()["token"])


def _say(server: RunningServer, token: str, text: str) -> Answer:
    return server.ask("POST", TURN, _bearer(token), json.dumps({"text": text}).encode())


def _post(server: RunningServer, **fields: str) -> Answer:
    headers = {**ABOUT, "Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    return server.ask("POST", "/", headers, urlencode(fields).encode())


def _request(token: str, length: int, body: bytes) -> bytes:
    headers = {**_bearer(token), "Host": "vejviser.example", "Content-Length": str(length)}
    lines = [f"POST {TURN} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@pytest.fixture(scope="module")
def ready(server: RunningServer) -> list[tuple[str, str]]:
    """What the server had noted of itself before anybody talked."""
    return server.noted()


def test_everything_was_said_and_everything_went_wrong(talk: Talk) -> None:
    """A search for traces of a talk that never took place would find nothing."""
    told = {name: answer.status for name, answer in talk.answers.items()}
    wrong = {name: int(name[:3]) for name in talk.answers if name[:3].isdigit()}
    assert told == {**dict.fromkeys(told, 200), **wrong, BREAK_PAGE: 500, "form, too long": 400}
    assert "Den Sociale Døgnvagt" in json.dumps(talk.answers["said 0"].json(), ensure_ascii=False)
    assert talk.answers["said 1"].json()["messages"][0]["topic"] == "akut_fare"
    for word in (BREAK_UNDERSTANDING, BREAK_ACTION):
        assert talk.answers[word].json()["messages"][0]["text"].startswith("Det gik galt hos mig.")


def test_no_log_line_tells_who_came_or_what_was_said(server: RunningServer, talk: Talk) -> None:
    """C.2 1-3: whoever reads a server's log must read neither a conversation nor that there was one, errors and DEBUG included."""
    log = server.log
    assert b"DEBUG aiosqlite" in log
    # Of the action's error, Rasa tells nobody.
    assert log.count(b"ValueError") == 2
    keys = [form for token in (talk.ended, talk.running) for form in (token, hashlib.sha256(token.encode()).hexdigest())]
    for sentence in (*SENTENCES, *WHO, *keys, BREAK_PAGE, BREAK_UNDERSTANDING, BREAK_ACTION):
        assert not holds(log, sentence), sentence


def test_no_answer_sets_a_cookie_or_repeats_what_was_wrong(talk: Talk) -> None:
    """C.2 5: a cookie outlives the conversation on the phone; an error page that repeats a text puts it in the browser's cache."""
    for name, answer in talk.answers.items():
        assert "Set-Cookie" not in answer.headers, name
        if answer.status >= 400 and name != "form, too long":
            assert not any(holds(answer.body, sentence) for sentence in SENTENCES), name


def test_nothing_that_was_said_is_in_a_file_while_a_conversation_goes_on(server: RunningServer, talk: Talk) -> None:
    """C.2 17: a stolen or seized disk holds no conversation; databases, journals, temporary files and the home folder included."""
    files = files_below(server.folder)
    assert {path.suffix for path in files} >= {".db", ".gz"}
    assert traces([*files, *server.open_files()], *SENTENCES, *WHO, talk.ended, talk.running) == []


def test_nothing_is_written_anywhere_while_people_talk(server: RunningServer, ready: list[tuple[str, str]], talk: Talk) -> None:
    """C.2 17: what was written and deleted again is still on the disk; so nothing may be opened for writing at all."""
    assert [name for event, name in ready if event == "open"]
    assert server.noted()[len(ready) :] == []


def test_the_server_calls_nobody(server: RunningServer, talk: Talk) -> None:
    """C.2 21: telemetry, error reports and updates would tell somebody else that there is a conversation, and when."""
    assert [event for event in server.noted() if event[0].startswith("socket") and "127.0.0.1" not in event[1]] == []
    assert not list(server.folder.rglob("*rasa*"))


def test_there_is_one_door_and_rasa_s_own_is_shut(server: RunningServer, talk: Talk) -> None:
    """C.2 13: Rasa's HTTP interface gives every conversation to whoever asks; its chat channel takes the sender's name from the caller."""
    assert server.listening() == [f"0100007F:{server.port:04X}"]
    for path in ("/conversations/default/tracker", "/webhooks/rest/webhook", "/model", "/model/parse", "/status", "/version", "/domain"):
        for method in ("GET", "POST", "PUT"):
            assert server.ask(method, path).status == 404, path


def test_a_crash_writes_no_core_dump(server: RunningServer) -> None:
    """C.2 17: a core dump is the memory on the disk, with every conversation in it."""
    limits = Path(f"/proc/{server.pid}/limits").read_text(encoding="ascii")
    (core,) = [line.split()[4:6] for line in limits.splitlines() if line.startswith("Max core file size")]
    assert core == ["0", "0"]


@pytest.mark.parametrize(
    "content",
    [
        b"not http at all\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /?zorbaflexen HTTP/1.1\r\nHost: x\r\nbad header: \x00zorbaflexen\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"zorbaflexen" * 1000 + b"\r\n\r\n",
        b"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Length: zorbaflexen\r\n\r\n",
        b"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_what_is_no_http_is_refused_in_danish_with_our_headers(server: RunningServer, content: bytes) -> None:
    """aiohttp's own answer names the program and its version, repeats what it could not read, and lets a cache keep it."""
    head, _, body = server.send(content).partition(b"\r\n\r\n")
    headers = head.lower()
    assert headers.startswith(b"http/1.0 400")
    for header in (b"cache-control: no-store", b"referrer-policy: no-referrer", b"x-content-type-options: nosniff", b"default-src 'none'"):
        assert header in headers
    assert b"aiohttp" not in headers
    assert b"application/problem+json" in headers
    assert json.loads(body) == {"type": "about:blank", "title": "Det kunne ikke læses. Prøv igen.", "status": 400}


def test_after_a_power_cut_nothing_is_left(server: RunningServer, talk: Talk) -> None:
    """C.2 16: a server that stops in the middle of a conversation must not find it again, nor may anybody else."""
    assert _say(server, talk.running, "hej").status == 200
    server.kill()
    assert traces(files_below(server.folder), *SENTENCES, talk.running) == []
    server.start()
    assert _say(server, talk.running, "hej").status == 401
