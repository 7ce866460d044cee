from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.topics.yaml_file import line_of, plain, read_yaml


@pytest.mark.parametrize("value", ["[hvad?, her?]", "{her: hvad?}", "linje\u2028skift", "et\u0085to", "010", "1:20", "ja", "12_000", "'#'"])
def test_what_editors_write_is_read_as_yaml_1_2_says(tmp_path: Path, value: str) -> None:
    path = tmp_path / "file.yml"
    path.write_text(f"a: {value}\n", encoding="utf-8")
    assert plain(read_yaml(path)) == YAML(typ="safe", pure=True).load(path)


@pytest.mark.parametrize("value", ["[her]", "[her?]"])
def test_a_position_is_known_whichever_parser_read_the_file(tmp_path: Path, value: str) -> None:
    path = tmp_path / "file.yml"
    path.write_text(f"# note\na:\n  b: {value}\n  c: d\n", encoding="utf-8")
    assert line_of(path, ["a", "c"]) == 4
