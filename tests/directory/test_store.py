from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, text

from bot.directory.files import import_file
from bot.directory.rows import all_records
from bot.directory.store import Directory
from bot.directory.tables import Base
from bot.settings import ROOT
from bot.topics.yaml_file import ContentError
from tests.directory.conftest import COURSE, entry, written


async def names(directory: Directory) -> set[str]:
    async with directory.session() as session:
        records = await all_records(session)
    return {*records.services, *records.courses}


async def test_an_empty_directory_is_seeded_once(directory: Directory, tmp_path: Path) -> None:
    folder = tmp_path / "content"
    written(folder / "a.yml", entry("huset"))
    written(folder / "courses.yml", entry("cvr-1@vejviser", COURSE))
    assert await directory.seed(folder)
    assert await names(directory) == {"huset", "cvr-1@vejviser"}
    assert not await directory.seed(folder)


async def test_changed_files_are_seeded_again_and_what_left_them_is_gone(directory: Directory, tmp_path: Path) -> None:
    folder = tmp_path / "content"
    written(folder / "a.yml", entry("huset"), entry("haven"))
    written(folder / "courses.yml", entry("cvr-1@vejviser", COURSE))
    await directory.seed(folder)
    written(folder / "a.yml", entry("huset"), entry("stuen"))
    written(folder / "courses.yml", "# ingen\n")
    assert await directory.seed(folder)
    assert await names(directory) == {"huset", "stuen"}


async def test_what_was_imported_by_hand_outlives_a_seed(directory: Directory, tmp_path: Path) -> None:
    async with directory.session() as session, session.begin():
        await import_file(session, written(tmp_path / "by_hand.yml", entry("gaden")))
    await directory.seed(written(tmp_path / "content" / "a.yml", entry("huset")).parent)
    assert await names(directory) == {"gaden", "huset"}


async def test_a_mistake_in_the_files_leaves_the_last_good_state(directory: Directory, tmp_path: Path) -> None:
    folder = tmp_path / "content"
    written(folder / "a.yml", entry("huset"))
    await directory.seed(folder)
    written(folder / "a.yml", entry("haven"))
    written(folder / "b.yml", entry("stuen", confidence="måske"))
    with pytest.raises(ContentError):
        await directory.seed(folder)
    assert await names(directory) == {"huset"}
    (folder / "b.yml").unlink()
    assert await directory.seed(folder)
    assert await names(directory) == {"haven"}


async def test_sqlite_is_hardened(directory: Directory) -> None:
    async with directory.session() as session:
        values = {name: await session.scalar(text(f"PRAGMA {name}")) for name in ("foreign_keys", "secure_delete", "trusted_schema")}
    assert values == {"foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0}


async def test_an_unknown_database_does_not_answer(directory: Directory, tmp_path: Path) -> None:
    assert await directory.ping()
    other = Directory(f"sqlite+aiosqlite:///{tmp_path / 'nowhere' / 'directory.db'}")
    assert not await other.ping()
    await other.close()


async def test_a_database_that_is_up_to_date_is_migrated_again_without_loss(directory: Directory, tmp_path: Path) -> None:
    await directory.seed(written(tmp_path / "content" / "a.yml", entry("huset")).parent)
    await directory.migrate()
    assert await names(directory) == {"huset"}


def test_migrations_go_up_to_what_the_code_expects_and_down_to_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'directory.db'}")
    engine = create_engine(f"sqlite:///{tmp_path / 'directory.db'}")

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

    config = Config(ROOT / "alembic.ini")
    for _ in range(2):
        command.upgrade(config, "head")
        with engine.connect() as connection:
            assert differences(connection) == []
        command.downgrade(config, "base")
        with engine.connect() as connection:
            assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()
