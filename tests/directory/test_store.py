from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError

from bot.directory.catalogue import Catalogue
from bot.directory.records import Records
from bot.directory.rows import IMPORT, replace
from bot.directory.store import Directory
from bot.topics.yaml_file import ContentError
from tests.databases import database, execute, forwarded
from tests.directory.conftest import COURSE, PLAN, entry, plan, service, written


async def names(directory: Directory) -> set[str]:
    return {*(await directory.catalogue()).origins}


async def put(directory: Directory, *names: str) -> None:
    async with directory.session() as session, session.begin():
        await replace(session, Records({name: service() for name in names}), origin=IMPORT)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Directory]:
    directory = Directory(url)
    yield directory
    await directory.close()


class TestSeeding:
    async def test_an_empty_directory_is_seeded_once(self, directory: Directory, tmp_path: Path) -> None:
        written(tmp_path / "a.yml", entry("huset"))
        written(tmp_path / "courses.yml", entry("cvr-1@vejviser", COURSE), entry("cvr@vejviser", PLAN))
        assert await directory.seed(tmp_path)
        assert (await directory.catalogue()).origins == dict.fromkeys(("huset", "cvr-1@vejviser", "cvr@vejviser"), "files")
        held = await directory.catalogue()
        assert not await directory.seed(tmp_path)
        assert await directory.catalogue() is held

    async def test_changed_files_are_seeded_again_and_what_left_them_is_gone(self, directory: Directory, tmp_path: Path) -> None:
        written(tmp_path / "a.yml", entry("huset"), entry("haven"))
        written(tmp_path / "courses.yml", entry("cvr-1@vejviser", COURSE))
        await directory.seed(tmp_path)
        written(tmp_path / "a.yml", entry("huset"), entry("stuen"))
        written(tmp_path / "courses.yml", "# ingen\n")
        assert await directory.seed(tmp_path)
        assert await names(directory) == {"huset", "stuen"}

    async def test_a_file_by_another_name_is_another_content_but_changes_no_row(self, directory: Directory, tmp_path: Path) -> None:
        written(tmp_path / "a.yml", entry("huset"))
        await directory.seed(tmp_path)
        held = await directory.catalogue()
        (tmp_path / "a.yml").rename(tmp_path / "b.yml")
        assert await directory.seed(tmp_path)
        assert await directory.catalogue() is held

    async def test_what_was_imported_by_hand_outlives_a_seed(self, directory: Directory, tmp_path: Path) -> None:
        await put(directory, "gaden", "huset")
        written(tmp_path / "a.yml", entry("huset"))
        await directory.seed(tmp_path)
        assert (await directory.catalogue()).origins == {"gaden": "import", "huset": "files"}
        (tmp_path / "a.yml").unlink()
        await directory.seed(tmp_path)
        assert await names(directory) == {"gaden"}

    async def test_a_mistake_in_the_files_leaves_the_last_good_state(self, directory: Directory, tmp_path: Path) -> None:
        written(tmp_path / "a.yml", entry("huset"))
        await directory.seed(tmp_path)
        written(tmp_path / "a.yml", entry("haven"))
        written(tmp_path / "b.yml", entry("stuen", confidence="måske"))
        with pytest.raises(ContentError):
            await directory.seed(tmp_path)
        assert await names(directory) == {"huset"}
        (tmp_path / "b.yml").unlink()
        assert await directory.seed(tmp_path)
        assert await names(directory) == {"haven"}

    async def test_two_that_seed_at_the_same_time_do_it_once(self, directory: Directory, url: str, tmp_path: Path) -> None:
        written(tmp_path / "a.yml", entry("huset"))
        async with opened(url) as other:
            assert sorted(await asyncio.gather(directory.seed(tmp_path), other.seed(tmp_path))) == [False, True]
        assert await names(directory) == {"huset"}


class TestCatalogue:
    async def test_it_is_read_again_only_when_it_has_changed(self, directory: Directory) -> None:
        empty = await directory.catalogue()
        assert await directory.catalogue() is empty
        await put(directory, "huset")
        held = await directory.catalogue()
        assert {*held.records.services} == {"huset"}
        assert empty.records == Records()
        assert await directory.catalogue() is held
        await put(directory, "huset")
        assert await directory.catalogue() is held

    async def test_two_that_share_a_database_see_what_the_other_changes(self, directory: Directory, url: str) -> None:
        async with opened(url) as other:
            assert await names(other) == set()
            await put(directory, "huset")
            assert await names(other) == {"huset"}
            await put(other, "haven")
            assert await names(directory) == await names(other) == {"huset", "haven"}

    async def test_many_who_ask_at_the_same_time_get_the_same(self, directory: Directory) -> None:
        await put(directory, "huset")
        held = await asyncio.gather(*(directory.catalogue() for _ in range(8)))
        assert len({id(one) for one in held}) == 1

    async def test_what_is_not_committed_is_not_seen(self, directory: Directory, url: str) -> None:
        held = await directory.catalogue()
        async with opened(url) as other, other.session() as session:
            await replace(session, Records(plans={"a@v": plan()}), origin=IMPORT)
            if "sqlite" not in url:  # where the only writer holds the file
                assert await directory.catalogue() is held
            await session.rollback()
        assert await directory.catalogue() is held


class Gate:
    """Stands before a database, which answers only as long as it is open."""

    def __init__(self, url: str, server: str) -> None:
        self._file = Path(str(make_url(url).database))
        self._server = server if "postgresql" in url else None

    async def shut(self) -> None:
        """From now on a server refuses, and the file is none."""
        if self._server:
            users = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self._file}'"  # noqa: S608
            await execute(self._server, f"ALTER DATABASE {self._file} ALLOW_CONNECTIONS false", users)
        else:
            self._kept = self._file.read_bytes()
            self._file.write_bytes(b"This is no database. " * 512)

    async def open(self) -> None:
        """From now on it answers again."""
        if self._server:
            await execute(self._server, f"ALTER DATABASE {self._file} ALLOW_CONNECTIONS true")
        else:
            self._file.write_bytes(self._kept)


@pytest.fixture
def gate(url: str, server: str) -> Gate:
    return Gate(url, server)


class TestSilence:
    async def test_the_last_catalogue_is_served_while_the_database_does_not_answer(
        self, directory: Directory, gate: Gate, caplog: pytest.LogCaptureFixture
    ) -> None:
        await put(directory, "huset")
        held = await directory.catalogue()
        await gate.shut()
        for _ in range(2):
            assert await directory.catalogue() is held
        assert not await directory.ping()
        assert "Databasen svarer ikke" in caplog.text
        await gate.open()
        assert await directory.catalogue() is held
        await put(directory, "haven")
        assert await names(directory) == {"huset", "haven"}
        assert await directory.ping()

    async def test_without_a_last_one_it_is_told(self, directory: Directory, gate: Gate) -> None:
        await gate.shut()
        with pytest.raises((SQLAlchemyError, OSError)):
            await directory.catalogue()
        await gate.open()
        assert await names(directory) == set()

    async def test_where_nobody_answers_there_is_no_directory(self, postgresql_url: str) -> None:
        nowhere = make_url(postgresql_url).difference_update_query(["host"]).set(host="127.0.0.1", port=1)
        async with opened(nowhere.render_as_string(hide_password=False)) as directory:
            assert not await directory.ping()
            with pytest.raises(ConnectionRefusedError):
                await directory.catalogue()

    async def test_a_file_put_in_the_place_of_a_broken_one_is_read(self, tmp_path: Path) -> None:
        broken = written(tmp_path / "directory.db", "This is no database. " * 512)
        async with opened(f"sqlite+aiosqlite:///{broken}") as directory, opened(f"sqlite+aiosqlite:///{tmp_path / 'good.db'}") as good:
            for _ in range(2):
                assert not await directory.ping()
                with pytest.raises(SQLAlchemyError):
                    await directory.catalogue()
            await good.migrate()
            await put(good, "huset")
            (tmp_path / "good.db").rename(broken)
            assert await names(directory) == {"huset"}

    async def test_a_server_that_went_away_leaves_the_last_catalogue(self, postgresql_url: str) -> None:
        async with database(postgresql_url) as url, forwarded(url) as (address, cut_off), opened(address) as directory:
            await directory.migrate()
            held = await directory.catalogue()
            cut_off()
            for _ in range(2):
                assert await directory.catalogue() is held

    async def test_a_database_without_tables_does_not_answer(self, server: str) -> None:
        async with database(server) as url, opened(url) as directory:
            assert not await directory.ping()
            with pytest.raises(SQLAlchemyError):
                await directory.catalogue()
            await directory.migrate()
            assert await directory.ping()
            assert (await directory.catalogue()).records == Catalogue().records


async def test_sqlite_is_hardened(tmp_path: Path) -> None:
    async with opened(f"sqlite+aiosqlite:///{tmp_path / 'directory.db'}") as directory, directory.session() as session:
        values = {name: await session.scalar(text(f"PRAGMA {name}")) for name in ("foreign_keys", "secure_delete", "trusted_schema")}
    assert values == {"foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0}


async def test_a_file_that_is_not_there_is_made_with_its_folders(tmp_path: Path) -> None:
    async with opened(f"sqlite+aiosqlite:///{tmp_path / 'var' / 'data' / 'directory.db'}") as directory:
        await directory.migrate()
        assert await directory.ping()


async def test_a_database_that_is_up_to_date_is_migrated_again_without_loss(directory: Directory) -> None:
    await put(directory, "huset")
    held = await directory.catalogue()
    await directory.migrate()
    assert await directory.catalogue() is held
