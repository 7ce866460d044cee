"""What descriptions in OpenAPI 3.1 are put together from."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """A reference to the schema called `name`."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    """An object that has these properties and no others."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "additionalProperties": False, "properties": properties}


def list_of(items: Schema) -> Schema:
    """A list of `items`."""
    return {"type": "array", "items": items}


def answer(schema: Schema, description: str) -> Schema:
    """An answer in JSON."""
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def problems(*statuses: int) -> Schema:
    """What each of `statuses` answers: a problem."""
    return {str(status): {"$ref": "#/components/responses/Problem"} for status in statuses}


TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
MAYBE: Schema = {"type": ["boolean", "null"]}
DATE: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
