"""The official schemas of HSDS 3.0, to hold answers and exports up to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, RefResolver

_FOLDER = Path(__file__).parent / "schema"
_PARTS = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in _FOLDER.glob("*.json")}
_LIST = json.loads((_FOLDER / "compiled" / "service_list.json").read_text(encoding="utf-8"))


def _validator(schema: dict[str, Any]) -> Draft202012Validator:
    resolver = RefResolver("", schema, store=_PARTS)
    return Draft202012Validator(schema, resolver=resolver, format_checker=FormatChecker(("uuid",)))


# A service with all that belongs to it, and one as it stands in a list.
SERVICE = _validator(_PARTS["service.json"])
SERVICE_IN_LIST = _validator(_LIST)
