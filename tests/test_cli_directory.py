"""`bot directory …` on real files, a real database and a real server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import COPENHAGEN
from tests.directory.conftest import COURSE, PLAN, entry, written
from tests.directory.feeds.bodies import PLACE, calendar, meeting, table
from tests.directory.feeds.conftest import HOST, Server, answer, reachable_site

NOW = datetime.now(COPENHAGEN)
TODAY = f"{NOW:%Y-%m-%d}"
TOMORROW = f"{NOW + timedelta(days=1):%Y-%m-%d}"
SOON = NOW + timedelta(days=30)
ONE = entry("huset", assured_date=TODAY, phones='[{number: "33 17 33 33"}]', opening_hours='"Mo-Fr 10:00-15:00"', hours_text="Hverdage")
TWO = entry("vagten", name="Vagten", needs="[akut]", assured_date=TODAY)
PLANNED = entry("cvr@vejviser", PLAN, contact="huset", assured_date=TODAY)
ADD = ["feed-add", "kulturhuset", f"https://{HOST}/feed"]

Told = tuple[int, str, str]
Run = Callable[..., Told]


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Content of two places and a plan, with a database of its own; the folder."""
    monkeypatch.setenv("BOT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'directory.db'}")
    return written(tmp_path / "data" / "directory" / "a.yml", ONE, TWO, PLANNED).parent


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`bot directory` with these words: the exit code and what was said, on standard output and on standard error."""

    def told(*words: str | Path) -> Told:
        try:
            code = main(["directory", *map(str, words)])
        except SystemExit as stopped:  # argparse
            code = int(str(stopped.code))
        return code, *capsys.readouterr()

    return told


def everything(run: Run, folder: Path) -> str:
    assert run("export", folder / "everything.yml") == (0, "", "")
    return (folder / "everything.yml").read_text(encoding="utf-8")


def course(**fields: str) -> str:
    return entry("cvr-1@vejviser", COURSE, dtstart=f"{SOON:%Y-%m-%d} 17:00", dtend=f"{SOON:%Y-%m-%d} 19:00", **fields, assured_date=TODAY)


def test_what_is_exported_as_yaml_is_the_same_when_it_comes_back(run: Run, tmp_path: Path) -> None:
    before = everything(run, tmp_path)
    assert run("import", tmp_path / "everything.yml") == (0, "2 steder, 0 kurser og 1 planer er hentet ind\n", "")
    assert everything(run, tmp_path) == before


def test_what_is_exported_as_json_is_the_same_in_another_directory(
    run: Run, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(content / "a.yml", ONE, TWO)
    before = everything(run, tmp_path)
    assert run("export", tmp_path / "all.json") == (0, "", "")

    written(content / "a.yml", "# ingen\n")
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'other.db'}")
    assert run("import", tmp_path / "all.json") == (0, "2 steder, 0 kurser og 0 planer er hentet ind\n", "")
    assert everything(run, tmp_path) == before


def test_an_import_takes_the_place_of_what_has_the_same_id_and_leaves_the_rest(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "new.yml", entry("huset", description="Et andet hus.", assured_date=TODAY), course())
    assert run("import", file) == (0, "1 steder, 1 kurser og 0 planer er hentet ind\n", "")
    after = everything(run, tmp_path)
    assert "Et andet hus." in after
    assert "Et hus med mad." in after
    assert "cvr-1@vejviser" in after


def test_a_table_is_imported(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_bytes(table({**PLACE, "assured_date": TODAY}))
    assert run("import", file) == (0, "1 steder, 0 kurser og 0 planer er hentet ind\n", "")
    assert "name: Kulturhuset" in everything(run, tmp_path)


GOOD = entry("haven", name="Haven", assured_date=TODAY)
WRONG = [
    ("a.yml", f"{GOOD}stuen: [", ":10: YAML kan ikke læses"),
    ("a.yml", GOOD + entry("stuen", needs="[kage]"), ":14: stuen.needs.1: skriv et af disse: livsfare"),
    ("a.yml", GOOD + entry("stuen", phones='[{number: "12"}]'), ":19: stuen.phones.1.number: er ikke et telefonnummer"),
    ("a.yml", GOOD + entry("stuen", opening_hours="Må-Fr", hours_text="Nu"), "stuen.opening_hours: er ikke åbningstider"),
    ("a.yml", GOOD + GOOD, ":10: YAML kan ikke læses"),
    ("a.yml", entry("haven", assured_date=TOMORROW), ":9: haven.assured_date: ligger i fremtiden"),
    ("a.yml", GOOD + entry("x@y.dk", COURSE, dtstart="2020-02-03 17:00", dtend="2020-02-03 19:00"), "x@y.dk: kurset er forbi"),
    ("a.yml", GOOD + entry("x@y.dk", COURSE, dtend="2027-02-03 16:00"), ":13: x@y.dk.dtend: skal ligge efter dtstart"),
    ("a.csv", table(PLACE, {**PLACE, "name": "Haven", "needs": "kage"}).decode(), ":3: needs: skriv et af disse: livsfare"),
    ("a.csv", table(PLACE, PLACE).decode(), ":3: id: kulturhuset står to gange"),
    ("a.json", '{\n  "contents": [,]\n}', ":2: JSON kan ikke læses ved tegn"),
    ("a.json", '{"contents": [{"name": 1}]}', ":1: /contents/0/id: mangler"),
    ("a.ics", "BEGIN:VCALENDAR", ":1: kun YAML kan bruges her"),
]


@pytest.mark.parametrize(("name", "text", "told"), WRONG)
def test_a_file_with_a_mistake_changes_nothing_and_the_mistake_is_named(run: Run, tmp_path: Path, name: str, text: str, told: str) -> None:
    before = everything(run, tmp_path)
    file = written(tmp_path / name, text)
    code, out, err = run("import", file)

    assert (code, out) == (1, "")
    assert f"{file}:" in err
    assert told in err
    assert everything(run, tmp_path) == before


@pytest.mark.parametrize("name", ["no.yml", "no.json", "no.csv"])
def test_a_file_that_is_not_there_is_named(run: Run, tmp_path: Path, name: str) -> None:
    code, out, err = run("import", tmp_path / name)
    assert (code, out) == (1, "")
    assert str(tmp_path / name) in err
    assert "kan ikke læses" in err


def test_an_export_that_cannot_be_written_says_so(run: Run, tmp_path: Path) -> None:
    code, _, err = run("export", tmp_path / "a.txt")
    assert (code, (tmp_path / "a.txt").exists()) == (1, False)
    assert "navn, der ender på .yml" in err
    code, _, err = run("export", tmp_path / "no" / "a.json")
    assert (code, err) == (1, f"{tmp_path / 'no' / 'a.json'} kan ikke læses eller skrives\n")


def test_content_that_cannot_be_used_is_named_by_every_command(run: Run, content: Path) -> None:
    written(content / "b.yml", entry("haven", needs="[kage]"))
    code, out, err = run("due")
    assert (code, out) == (1, "")
    assert f"{content / 'b.yml'}:5: haven.needs.1" in err


def test_a_database_that_cannot_be_opened_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for url in (f"sqlite+aiosqlite:///{tmp_path}", "postgresql+asyncpg://127.0.0.1:1/vejviser"):
        monkeypatch.setenv("BOT_DATABASE_URL", url)
        code, out, err = run("due")
        assert (code, out) == (1, "")
        assert err.startswith("databasen svarer ikke")


def test_the_most_harmful_to_be_wrong_about_comes_first_until_it_is_confirmed(run: Run) -> None:
    code, out, err = run("due")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "vagten: Vagten: aldrig bekræftet af stedet selv",
        "    se https://huset.dk",
        "huset: Huset: aldrig bekræftet af stedet selv",
        "    se https://huset.dk",
        "cvr@vejviser: Kursus om CVR: der er ingen dato for den næste gang",
        "    se Egen side",
        "0% af stederne er bekræftet af stedet selv",
    ]

    assert run("confirm", "vagten", "--by", "Rita", "--on", TODAY) == (0, f"vagten er bekræftet af Rita den {NOW:%d.%m.%Y}\n", "")
    _, out, _ = run("due")
    assert out.startswith("huset: ")
    assert out.endswith("50% af stederne er bekræftet af stedet selv\n")


def test_today_is_when_a_place_is_confirmed_unless_another_day_is_given(run: Run, tmp_path: Path) -> None:
    run("confirm", "vagten", "--by", "Rita")
    assert f"by: Rita\n    on: '{TODAY}'" in everything(run, tmp_path)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["haven", "--by", "Rita"], 1, "der er intet sted med id haven"),
        (["vagten", "--by", " "], 1, "skriv et navn i --by"),
        (["vagten", "--by", "Rita", "--on", TOMORROW], 1, "en dag, der ikke ligger i fremtiden"),
        (["vagten", "--by", "Rita", "--on", "i går"], 2, "--on"),
        (["vagten"], 2, "--by"),
    ],
)
def test_a_confirmation_that_cannot_be_written_down_changes_nothing(
    run: Run, tmp_path: Path, words: list[str], code: int, told: str
) -> None:
    before = everything(run, tmp_path)
    stopped, out, err = run("confirm", *words)
    assert (stopped, out) == (code, "")
    assert told in err
    assert everything(run, tmp_path) == before


def test_a_feed_is_added_listed_and_removed(run: Run) -> None:
    code, out, _ = run(*ADD, "--kind", "csv", "--needs", "mad, jura", "--for-whom", "alle")
    assert (code, out) == (0, "kulturhuset læses fra nu af; læs den straks med «bot directory fetch kulturhuset»\n")
    assert run("feeds") == (0, "kulturhuset: steder (CSV), endnu ikke læst, 0 ændringer venter\n", "")
    assert run("feed-remove", "kulturhuset") == (0, "kulturhuset læses ikke mere\n", "")
    assert run("feeds") == (0, "", "")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["feed-add", "Kulturhuset", f"https://{HOST}/", "--kind", "csv"], 1, "et navn skrives med små bogstaver"),
        (["feed-add", "kulturhuset", f"http://{HOST}/", "--kind", "csv"], 1, "Adressen skal begynde med https://"),
        (["feed-add", "kulturhuset", "https://10.0.0.1/", "--kind", "csv"], 1, "internt netværk"),
        ([*ADD, "--kind", "csv", "--needs", "kage"], 1, "ukendte ord: kage"),
        ([*ADD, "--kind", "xml"], 2, "--kind"),
        (ADD, 2, "--kind"),
        (["feed-remove", "kulturhuset"], 1, "der er ingen kilde, der hedder kulturhuset"),
        (["fetch", "kulturhuset"], 1, "der er ingen kilde, der hedder kulturhuset"),
        (["approve", "1", "--by", "Rita"], 1, "der venter ingen ændring med nummer 1"),
        (["reject", "1", "--by", "Rita"], 1, "der venter ingen ændring med nummer 1"),
        (["approve", "1", "--by", " "], 1, "skriv et navn i --by"),
        (["approve", "en", "--by", "Rita"], 2, "number"),
        (["approve", "1"], 2, "--by"),
        ([], 2, "HVAD"),
    ],
)
def test_a_call_that_cannot_be_carried_out_says_why(run: Run, words: list[str], code: int, told: str) -> None:
    stopped, out, err = run(*words)
    assert (stopped, out) == (code, "")
    assert told in err
    assert run("feeds") == (0, "", "")


@pytest.fixture
async def site(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    """A server that the program's own fetcher reaches."""
    async with reachable_site() as (site, fetcher):
        monkeypatch.setattr("bot.cli_directory.Fetcher", fetcher)
        yield site


async def aside(run: Run, *words: str | Path) -> Told:
    """`run`, while the server goes on."""
    return await asyncio.to_thread(run, *words)


async def asked(run: Run) -> str:
    """The number of the one change that waits."""
    _, out, _ = await aside(run, "changes")
    (wanted,) = (line for line in out.splitlines() if not line.startswith(" "))
    return wanted.partition(":")[0]


async def test_what_a_feed_wants_is_shown_and_done_when_it_is_approved(site: Server, run: Run, tmp_path: Path) -> None:
    site.pages["/feed"] = answer(table({**PLACE, "assured_date": TODAY}, {**PLACE, "name": "Haven", "assured_date": TODAY}))
    await aside(run, *ADD, "--kind", "csv")
    code, out, _ = await aside(run, "fetch")
    assert (code, out) == (0, "kulturhuset: 2 ændringer venter; se dem med «bot directory changes»\n")

    _, out, _ = await aside(run, "changes")
    first, second = (line for line in out.splitlines() if not line.startswith(" "))
    assert (first, second) == ("1: nyt: haven (kulturhuset)", "2: nyt: kulturhuset (kulturhuset)")
    assert '    phones: (tomt) -> [{"number": "33 17 33 33"}]' in out

    assert await aside(run, "approve", "2", "--by", "Rita") == (0, "kulturhuset: godkendt\n", "")
    assert await aside(run, "reject", "1", "--by", "Rita") == (0, "haven: afvist\n", "")
    assert await aside(run, "changes") == (0, "", "")
    after = await asyncio.to_thread(everything, run, tmp_path)
    assert ("kulturhuset:" in after, "haven:" in after) == (True, False)

    site.pages["/feed"] = answer(table({**PLACE, "phone": "112", "assured_date": TODAY}, {**PLACE, "name": "Haven", "assured_date": TODAY}))
    await aside(run, "fetch", "kulturhuset")
    _, out, _ = await aside(run, "changes")
    wanted, *differences = out.splitlines()
    assert wanted.endswith(": ret: kulturhuset (kulturhuset)")
    assert differences == ['    phones: [{"number": "33 17 33 33"}] -> [{"number": "112"}]']

    site.pages["/feed"] = answer(table({**PLACE, "name": "Haven", "assured_date": TODAY}))
    await aside(run, "fetch")
    _, out, _ = await aside(run, "changes")
    assert ": slet: kulturhuset (kulturhuset)\n" in out


async def test_a_calendar_is_read_and_what_is_left_out_is_told(site: Server, run: Run) -> None:
    site.pages["/feed"] = answer(calendar(meeting(SOON), meeting(SOON, "b@x.example", STATUS="TENTATIVE")))
    await aside(run, *ADD, "--kind", "ics")
    assert (await aside(run, "fetch", "kulturhuset"))[:2] == (
        0,
        "kulturhuset: udeladt: kulturhuset:10: b@x.example: er kun foreløbig (TENTATIVE)\n"
        "kulturhuset: 1 ændringer venter; se dem med «bot directory changes»\n",
    )


async def test_one_feed_that_fails_does_not_stop_the_others(site: Server, run: Run) -> None:
    site.pages |= {"/feed": answer(b"", "500 Internal Server Error"), "/b": answer(table())}
    await aside(run, *ADD, "--kind", "csv")
    await aside(run, "feed-add", "b", f"https://{HOST}/b", "--kind", "csv")
    code, out, _ = await aside(run, "fetch")
    assert (code, out.splitlines()) == (
        1,
        [
            "b: 0 ændringer venter; se dem med «bot directory changes»",
            f"kulturhuset: {HOST} har en fejl (500). Vi prøver igen senere.",
        ],
    )
    _, out, _ = await aside(run, "feeds")
    assert "kulturhuset: steder (CSV), endnu ikke læst, 0 ændringer venter\n    fejl 1 gange: " in out
    assert "b: steder (CSV), sidst læst " in out


async def test_what_was_changed_since_must_be_read_again_and_can_be(site: Server, run: Run, tmp_path: Path) -> None:
    site.pages["/feed"] = answer(table({**PLACE, "assured_date": TODAY}))
    await aside(run, *ADD, "--kind", "csv")
    await aside(run, "fetch")
    await aside(run, "approve", "1", "--by", "Rita")
    site.pages["/feed"] = answer(table({**PLACE, "phone": "112", "assured_date": TODAY}), ETag='"2"')
    await aside(run, "fetch")
    await aside(run, "confirm", "kulturhuset", "--by", "Rita")

    code, out, err = await aside(run, "approve", await asked(run), "--by", "Rita")
    assert (code, out) == (1, "")
    assert "ændret siden; læs kilden igen med «bot directory fetch»" in err
    await aside(run, "fetch")
    assert await aside(run, "approve", await asked(run), "--by", "Rita") == (0, "kulturhuset: godkendt\n", "")
    assert '"112"' in (await asyncio.to_thread(everything, run, tmp_path)).replace("'", '"')
