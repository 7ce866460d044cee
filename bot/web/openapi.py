"""The HTTP interface in OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from bot.web.body import LONGEST_TEXT

Schema = dict[str, Any]


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "additionalProperties": False, "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _json(schema: Schema, description: str) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _problems(*statuses: int) -> Schema:
    return {str(status): {"$ref": "#/components/responses/Problem"} for status in statuses}


_TEXT: Schema = {"type": "string"}
_MAYBE_TEXT: Schema = {"type": ["string", "null"]}
_MAYBE: Schema = {"type": ["boolean", "null"]}
_DATE: Schema = {"type": "string", "format": "date"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_SAID: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
_BEARER: list[Schema] = [{"conversation": []}]
_OK = _json(_object({"status": {"const": "ok"}}), "Ja")

_SCHEMAS: Schema = {
    "Message": _object(
        {
            "text": _TEXT,
            "topic": _MAYBE_TEXT,
            "buttons": _list(_object({"title": _TEXT, "payload": _TEXT})),
            "services": _list(_ref("Service")),
            "courses": _list(_ref("Course")),
            "sources": _list(_object({"title": _TEXT, "url": _MAYBE_TEXT, "checked": _DATE}, optional=("url",))),
        }
    ),
    "Service": _object(
        {
            "id": _TEXT,
            "name": _TEXT,
            "organization": _MAYBE_TEXT,
            "summary": _TEXT,
            "address": _MAYBE_TEXT,
            "area": _MAYBE_TEXT,
            "phones": _list(_object({"number": _TEXT, "note": _MAYBE_TEXT})),
            "url": _MAYBE_TEXT,
            "open_now": _MAYBE,
            "hours_text": _MAYBE_TEXT,
            "anonymous": _MAYBE,
            "free": _MAYBE,
            "for": _list(_TEXT),
            "checked": _DATE,
        }
    ),
    "Course": _object(
        {
            "id": _TEXT,
            "title": _TEXT,
            "start": _MOMENT,
            "end": {"type": ["string", "null"], "format": "date-time"},
            "place": _MAYBE_TEXT,
            "organizer": _MAYBE_TEXT,
            "signup": _MAYBE_TEXT,
            "cancelled": {"type": "boolean"},
            "checked": _DATE,
        }
    ),
    "Turn": {"oneOf": [_object({"text": _SAID}), _object({"payload": _SAID})]},
    "End": _object({"token": _TEXT}),
    "Problem": _object({"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}}),
}

_PATHS: Schema = {
    "/api/chat": {
        "post": {
            "summary": "Begynd en samtale",
            "responses": {
                "201": _json(
                    _object({"token": _TEXT, "expires_in": {"type": "integer"}, "messages": _list(_ref("Message"))}),
                    "Samtalens nøgle, hvor mange sekunders stilhed den tåler, og hilsenen",
                ),
                **_problems(503),
            },
        },
        "delete": {
            "summary": "Slet samtalen",
            "security": _BEARER,
            "responses": {"204": {"description": "Der er intet tilbage af samtalen"}, **_problems(401)},
        },
    },
    "/api/chat/messages": {
        "post": {
            "summary": "Spørg, eller tryk på en knap",
            "security": _BEARER,
            "requestBody": {"required": True, "content": {"application/json": {"schema": _ref("Turn")}}},
            "responses": {
                "200": _json(_object({"messages": _list(_ref("Message"))}), "Svaret"),
                **_problems(400, 401, 413, 415, 503),
            },
        }
    },
    "/api/chat/end": {
        "post": {
            "summary": "Slet samtalen, når siden lukkes (sendBeacon)",
            "requestBody": {
                "required": True,
                "content": {name: {"schema": _ref("End")} for name in ("application/json", "text/plain")},
            },
            "responses": {"204": {"description": "Der er intet tilbage af samtalen"}, **_problems(400, 413, 415)},
        }
    },
    "/api/openapi.json": {"get": {"summary": "Denne beskrivelse", "responses": {"200": _json({"type": "object"}, "OpenAPI 3.1")}}},
    "/healthz": {"get": {"summary": "Kører serveren?", "responses": {"200": _OK}}},
    "/readyz": {"get": {"summary": "Kan den svare?", "responses": {"200": _OK, **_problems(503)}}},
}

DESCRIPTION: Schema = {
    "openapi": "3.1.0",
    "info": {
        "title": "Vejviser",
        "version": "1",
        "description": "Anonym vejledning. Ingen cookies; samtalens nøgle er et bearer-token, og samtalen glemmes.",
    },
    "servers": [{"url": "/"}],
    "paths": _PATHS,
    "components": {
        "schemas": _SCHEMAS,
        "securitySchemes": {"conversation": {"type": "http", "scheme": "bearer"}},
        "responses": {
            "Problem": {
                "description": "Fejl efter RFC 9457 med en dansk titel",
                "content": {"application/problem+json": {"schema": _ref("Problem")}},
            }
        },
    },
}
