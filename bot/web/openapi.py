"""The HTTP interface in OpenAPI 3.1."""

from __future__ import annotations

from bot.web.admission import PROOF
from bot.web.body import LONGEST_TEXT
from bot.web.openapi_directory import PATHS, SCHEMAS
from bot.web.openapi_parts import DATE, MAYBE, MAYBE_TEXT, MOMENT, TEXT, Schema, answer, list_of, problems, record, ref

_SAID: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_BEARER: list[Schema] = [{"conversation": []}]
_OK = answer(record({"status": {"const": "ok"}}), "Ja")
_READY = answer(
    record({"status": {"const": "ok"}, "directory": record({"services": _COUNT, "confirmed": {"type": "number"}, "due": _COUNT})}),
    "Ja; og hvor mange steder der er, hvor stor en del der er bekræftet, og hvor mange et menneske skal tjekke",
)

_SCHEMAS: Schema = {
    "Message": record(
        {
            "text": TEXT,
            "topic": MAYBE_TEXT,
            "buttons": list_of(record({"title": TEXT, "payload": TEXT})),
            "services": list_of(ref("Service")),
            "courses": list_of(ref("Course")),
            "sources": list_of(record({"title": TEXT, "url": MAYBE_TEXT, "checked": DATE}, optional=("url",))),
        }
    ),
    "Service": record(
        {
            "id": TEXT,
            "name": TEXT,
            "organization": MAYBE_TEXT,
            "summary": TEXT,
            "address": MAYBE_TEXT,
            "area": MAYBE_TEXT,
            "phones": list_of(record({"number": TEXT, "note": MAYBE_TEXT})),
            "url": MAYBE_TEXT,
            "open_now": MAYBE,
            "hours_text": MAYBE_TEXT,
            "anonymous": MAYBE,
            "free": MAYBE,
            "for": list_of(TEXT),
            "checked": DATE,
        }
    ),
    "Course": record(
        {
            "id": TEXT,
            "title": TEXT,
            "start": MOMENT,
            "end": {"type": ["string", "null"], "format": "date-time"},
            "place": MAYBE_TEXT,
            "organizer": MAYBE_TEXT,
            "signup": MAYBE_TEXT,
            "cancelled": {"type": "boolean"},
            "checked": DATE,
        }
    ),
    "Turn": {"oneOf": [record({"text": _SAID}), record({"payload": _SAID})]},
    "End": record({"token": TEXT}),
    "Problem": record(
        {"type": TEXT, "title": TEXT, "status": {"type": "integer"}, "challenge": ref("Challenge")},
        optional=("challenge",),
    ),
    "Challenge": {
        "description": "Find `count` forskellige tal i stigende orden, hvor de første 32 bit af SHA-256 af «<seed>.<tal>» gange "
        "`difficulty` er under 2^32. Tal skrives med otte hexadecimale cifre. `expires_in` er i sekunder.",
        **record({"seed": TEXT, "difficulty": _COUNT, "count": _COUNT, "expires_in": _COUNT}),
    },
}

_PATHS: Schema = {
    "/api/chat": {
        "post": {
            "summary": "Begynd en samtale",
            "description": "Kommer der mange på én gang, svarer den 429 med en opgave (`challenge`). Løs den, og kald igen.",
            "parameters": [
                {
                    "name": PROOF,
                    "in": "header",
                    "description": "Opgavens løsning: `seed` og tallene med punktum imellem. En løsning gælder én gang.",
                    "schema": TEXT,
                }
            ],
            "responses": {
                "201": answer(
                    record({"token": TEXT, "expires_in": {"type": "integer"}, "messages": list_of(ref("Message"))}),
                    "Samtalens nøgle, hvor mange sekunders stilhed den tåler, og hilsenen",
                ),
                **problems(429, 503),
            },
        },
        "delete": {
            "summary": "Slet samtalen",
            "security": _BEARER,
            "responses": {"204": {"description": "Der er intet tilbage af samtalen"}, **problems(401)},
        },
    },
    "/api/chat/messages": {
        "post": {
            "summary": "Spørg, eller tryk på en knap",
            "security": _BEARER,
            "requestBody": {"required": True, "content": {"application/json": {"schema": ref("Turn")}}},
            "responses": {
                "200": answer(record({"messages": list_of(ref("Message"))}), "Svaret"),
                **problems(400, 401, 408, 413, 415, 429, 503),
            },
        }
    },
    "/api/chat/end": {
        "post": {
            "summary": "Slet samtalen, når siden lukkes (sendBeacon)",
            "requestBody": {
                "required": True,
                "content": {name: {"schema": ref("End")} for name in ("application/json", "text/plain")},
            },
            "responses": {"204": {"description": "Der er intet tilbage af samtalen"}, **problems(400, 408, 413, 415)},
        }
    },
    "/api/openapi.json": {"get": {"summary": "Denne beskrivelse", "responses": {"200": answer({"type": "object"}, "OpenAPI 3.1")}}},
    "/healthz": {"get": {"summary": "Kører serveren?", "responses": {"200": _OK}}},
    "/readyz": {"get": {"summary": "Kan den svare?", "responses": {"200": _READY, **problems(503)}}},
}

DESCRIPTION: Schema = {
    "openapi": "3.1.0",
    "info": {
        "title": "Vejviser",
        "version": "1",
        "description": "Anonym vejledning. Ingen cookies; samtalens nøgle er et bearer-token, og samtalen glemmes. "
        "Er der for mange kald på én gang, svarer ethvert kald 503 med Retry-After.",
    },
    "servers": [{"url": "/"}],
    "paths": {**_PATHS, **PATHS},
    "components": {
        "schemas": {**_SCHEMAS, **SCHEMAS},
        "securitySchemes": {"conversation": {"type": "http", "scheme": "bearer"}},
        "responses": {
            "Problem": {
                "description": "Fejl efter RFC 9457 med en dansk titel",
                "headers": {"Retry-After": {"description": "Sekunder, ved 429 og 503", "schema": _COUNT}},
                "content": {"application/problem+json": {"schema": ref("Problem")}},
            }
        },
    },
}
