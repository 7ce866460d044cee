"""The directory's part of the HTTP interface: HSDS and calendars."""

from __future__ import annotations

from bot.web.openapi_parts import TEXT, Schema, answer, list_of, problems, record, ref

_HSDS = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/compiled"
_COUNT: Schema = {"type": "integer", "minimum": 0}
_YES_NO: Schema = {"type": "boolean"}
_WANTED: Schema = {"type": "string", "minLength": 1, "maxLength": 100}
_KNOWN: Schema = {"304": {"description": "Det, du har (If-None-Match), gælder stadig"}}


def _in_query(name: str, description: str, schema: Schema) -> Schema:
    return {"in": "query", "name": name, "description": description, "schema": schema}


SCHEMAS: Schema = {
    "HsdsService": {"$ref": f"{_HSDS}/service.json"},
    "HsdsServiceInList": {"$ref": f"{_HSDS}/service_list.json"},
    "HsdsServices": record(
        {
            "total_items": _COUNT,
            "total_pages": _COUNT,
            "page_number": {"type": "integer", "minimum": 1},
            "size": _COUNT,
            "first_page": _YES_NO,
            "last_page": _YES_NO,
            "empty": _YES_NO,
            "contents": list_of(
                {
                    "anyOf": [
                        ref("HsdsServiceInList"),
                        ref("HsdsService"),
                        record({"id": {"type": "string", "format": "uuid"}, "modified_date": {"type": "string", "format": "date-time"}}),
                    ]
                }
            ),
        }
    ),
}

_CALENDAR: Schema = {
    "200": {"description": "Kalenderen (RFC 5545), med ETag og Last-Modified", "content": {"text/calendar": {"schema": TEXT}}},
    **_KNOWN,
}
PATHS: Schema = {
    "/": {
        "get": {
            "summary": "HSDS: hvilken udgave API'et følger, når der bedes om application/json (ellers samtalens side)",
            "responses": {
                "200": answer(
                    record(
                        {
                            "version": {"const": "3.0"},
                            "profile": {"type": "string", "format": "uri"},
                            "openapi_url": {"type": "string", "format": "uri"},
                        }
                    ),
                    "Open Referral HSDS",
                ),
                **_KNOWN,
            },
        }
    },
    "/services": {
        "get": {
            "summary": "HSDS 3.0: steder, en side ad gangen; et sted skal passe til alt, der spørges om",
            "parameters": [
                _in_query("page", "Sidens nummer", {"type": "integer", "minimum": 1, "default": 1}),
                _in_query("per_page", "Steder på en side (100; med minimal alle)", {"type": "integer", "minimum": 1, "maximum": 100}),
                _in_query("search", "Ord, der alle står i navn, organisation eller beskrivelse", _WANTED),
                _in_query("taxonomy_term_id", "Et ord i vores taksonomier (fx mad, kvinder eller anonymous) eller dets UUID", _WANTED),
                _in_query("taxonomy_id", "En af vores taksonomiers UUID", _WANTED),
                _in_query("organization_id", "En organisations UUID", _WANTED),
                _in_query(
                    "modified_after",
                    "Ændret på eller efter denne dato (dansk tid) eller dette tidspunkt",
                    {"type": "string", "examples": ["2026-11-20", "2026-11-20T12:00:00Z"]},
                ),
                _in_query("minimal", "Kun id og modified_date, alle steder på én side", {**_YES_NO, "default": False}),
                _in_query("full", "Alt om hvert sted", {**_YES_NO, "default": False}),
                _in_query("format", "Kun JSON", {"const": "json"}),
            ],
            "responses": {"200": answer(ref("HsdsServices"), "En side med steder"), **_KNOWN, **problems(400)},
        }
    },
    "/services/{id}": {
        "get": {
            "summary": "HSDS 3.0: alt om ét sted",
            "parameters": [{"in": "path", "name": "id", "required": True, "description": "Vores id eller stedets UUID", "schema": TEXT}],
            "responses": {"200": answer(ref("HsdsService"), "Stedet"), **_KNOWN, **problems(404)},
        }
    },
    "/kurser.ics": {"get": {"summary": "Alle kurser som kalender", "responses": _CALENDAR}},
    "/kurser/{uid}.ics": {
        "get": {
            "summary": "Ét kursus som kalenderfil",
            "parameters": [{"name": "uid", "in": "path", "required": True, "schema": TEXT}],
            "responses": {**_CALENDAR, **problems(404)},
        }
    },
}
