from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

from bot.dialogue.graph_runner import SequentialGraphRunner

ran: list[str] = []


class Step(GraphComponent):
    """Adds its name to what it is given."""

    def __init__(self, name: str) -> None:
        self._name = name

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> Step:
        return cls(config["name"])

    def add(self, said: str, also: str = "") -> str:
        ran.append(self._name)
        return f"{said}{also}{self._name}"


def node(name: str, **needs: str) -> SchemaNode:
    return SchemaNode(needs=needs, uses=Step, constructor_name="create", fn="add", config={"name": name}, eager=True)


@pytest.fixture
def runner(tmp_path: Path) -> SequentialGraphRunner:
    schema = GraphSchema(
        {
            "both": node("z", said="second", also="first"),
            "second": node("y", said="first"),
            "first": node("x", said="__message__"),
            "other": node("w", said="__tracker__"),
        }
    )
    ran.clear()
    return SequentialGraphRunner.create(schema, LocalModelStorage(tmp_path), ExecutionContext(schema))


def test_a_node_runs_once_and_after_what_it_needs(runner: SequentialGraphRunner) -> None:
    assert runner.run({"__message__": "hej "}, ["both"]) == {"both": "hej xyhej xz"}
    assert ran == ["x", "y", "z"]


def test_each_run_is_of_its_own_targets_and_inputs(runner: SequentialGraphRunner) -> None:
    assert runner.run({"__message__": "hej "}, ["first"]) == {"first": "hej x"}
    assert runner.run({"__message__": "nej ", "__tracker__": "før "}, ["first", "other"]) == {"first": "nej x", "other": "før w"}
    assert runner.run({"__message__": "ja "}, ["first"]) == {"first": "ja x"}
    assert ran == ["x", "x", "w", "x"]


def test_a_missing_input_is_an_error(runner: SequentialGraphRunner) -> None:
    with pytest.raises(GraphRunError, match="__message__"):
        runner.run({"__tracker__": "før "}, ["first"])
