"""The services for other directories: HSDS 3.0's API, its required part (`/`, `/services`, `/services/{id}`)."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Literal

from aiohttp import hdrs, web
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from bot.directory.catalogue import Catalogue
from bot.directory.hsds import write
from bot.directory.hsds.terms import YES_NO, taxonomy_id, term_id
from bot.directory.records import ServiceRecord
from bot.settings import COPENHAGEN
from bot.topics.text import folded
from bot.web.conditional import respond
from bot.web.keys import DIRECTORY
from bot.web.problems import ProblemError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

MOST_PER_PAGE = 100
_PROFILE = "https://docs.openreferral.org/en/latest/hsds/api_reference.html"
_UNESCAPED_PLUS = re.compile(r" (?=\d\d:\d\d$)")
_TAXONOMIES = frozenset(taxonomy_id(name) for name in ("needs", "for_whom", "fields"))
_MENDS = {
    "page": "et tal fra 1 og op",
    "per_page": f"et tal fra 1 til {MOST_PER_PAGE}",
    "modified_after": "en dato som 2026-11-20 eller et tidspunkt som 2026-11-20T12:00:00Z",
    "minimal": "true eller false",
    "full": "true eller false",
    "format": "json",
    "search": "højst 100 tegn",
    "taxonomy_term_id": "højst 100 tegn",
    "taxonomy_id": "højst 100 tegn",
    "organization_id": "højst 100 tegn",
}


def _moment(value: Any) -> datetime:
    # An unescaped + in an address reaches us as a space.
    moment = datetime.fromisoformat(_UNESCAPED_PLUS.sub("+", str(value)))
    return moment if moment.tzinfo else moment.replace(tzinfo=COPENHAGEN)


_Wanted = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class _Query(BaseModel):
    """What a list is asked for; a service must fit all of it."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    page: Annotated[int, Field(ge=1)] = 1
    per_page: Annotated[int, Field(ge=1, le=MOST_PER_PAGE)] | None = None
    format: Literal["json"] = "json"
    search: _Wanted | None = None
    taxonomy_term_id: _Wanted | None = None
    taxonomy_id: _Wanted | None = None
    organization_id: _Wanted | None = None
    modified_after: Annotated[datetime, BeforeValidator(_moment)] | None = None
    minimal: bool = False
    full: bool = False


def about_beside(page: Handler) -> Handler:
    """`GET /`: about this API (HSDS' `/`) for a program that asks for JSON, and `page` for everybody else."""

    async def about_or_page(request: web.Request) -> web.StreamResponse:
        accepted = request.headers.get(hdrs.ACCEPT, "")
        if "application/json" not in accepted or "text/html" in accepted:
            return await page(request)
        try:
            openapi = request.url.origin().with_path("/api/openapi.json")
        except ValueError:  # the Host header is no host
            raise ProblemError(400) from None
        response = _answer(request, {"version": "3.0", "profile": _PROFILE, "openapi_url": str(openapi)})
        response.headers[hdrs.VARY] = hdrs.ACCEPT
        return response

    return about_or_page


async def services(request: web.Request) -> web.Response:
    """`GET /services`: a page of the services that fit every parameter, in order of our ids."""
    query = _query(request)
    catalogue = await request.config_dict[DIRECTORY].catalogue()
    found = sorted(name for name, record in catalogue.records.services.items() if _fits(name, record, catalogue, query))
    # "When using this parameter aim to return all services within one call" (HSDS' openapi.json on `minimal`).
    size = query.per_page or (max(len(found), 1) if query.minimal else MOST_PER_PAGE)
    shown = found[(query.page - 1) * size : query.page * size]
    pages = -(-len(found) // size)
    return _answer(
        request,
        {
            "total_items": len(found),
            "total_pages": pages,
            "page_number": query.page,
            "size": len(shown),
            "first_page": query.page == 1,
            "last_page": query.page >= pages,
            "empty": not shown,
            "contents": [_told(name, catalogue, query) for name in shown],
        },
    )


async def service(request: web.Request) -> web.Response:
    """`GET /services/{id}`: all of one service, by our id or by its HSDS identifier."""
    wanted = request.match_info["id"]
    catalogue = await request.config_dict[DIRECTORY].catalogue()
    known = catalogue.records.services
    name = wanted if wanted in known else next((name for name in known if _service_id(name) == wanted.lower()), None)
    if name is None:
        raise ProblemError(404, "Stedet findes ikke her.")
    return _answer(request, _full(name, catalogue))


def _query(request: web.Request) -> _Query:
    if twice := next((name for name in request.query if len(request.query.getall(name)) > 1), None):
        raise ProblemError(400, f"«{twice}» står to gange. Skriv det én gang." if twice in _MENDS else None)
    try:
        return _Query.model_validate(dict(request.query))
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        mend = f"Skriv {_MENDS[name]} i «{name}»." if name in _MENDS else f"Kun disse kan bruges her: {', '.join(_MENDS)}."
        raise ProblemError(400, mend) from None


def _fits(name: str, record: ServiceRecord, catalogue: Catalogue, query: _Query) -> bool:
    return (
        (query.modified_after is None or catalogue.modified[name] >= query.modified_after)
        and (query.organization_id is None or write.organization_id(record.organization) == query.organization_id.lower())
        and (query.taxonomy_id is None or query.taxonomy_id.lower() in _TAXONOMIES)
        and (query.taxonomy_term_id is None or query.taxonomy_term_id.lower() in _terms(record))
        and (query.search is None or _holds(record, query.search))
    )


def _terms(record: ServiceRecord) -> set[str]:
    """The terms that are true of a service, by code and by identifier."""
    yes = [field for field in YES_NO if getattr(record, field)]
    by_taxonomy = {"needs": record.needs, "for_whom": record.for_whom, "fields": yes}
    named = [(taxonomy, code) for taxonomy, codes in by_taxonomy.items() for code in codes]
    return {form for taxonomy, code in named for form in (code, _term_id(taxonomy, code))}


def _holds(record: ServiceRecord, search: str) -> bool:
    text = _folded(" ".join((record.name, *record.alternate_names, record.organization, record.description)))
    return all(word in text for word in folded(search).split())


def _told(name: str, catalogue: Catalogue, query: _Query) -> dict[str, Any]:
    if query.full:
        return _full(name, catalogue)
    if query.minimal:
        return {"id": _service_id(name), "modified_date": write.moment(catalogue.modified[name])}
    return write.brief(name, catalogue.records.services[name], catalogue.modified[name])


def _full(name: str, catalogue: Catalogue) -> dict[str, Any]:
    today = datetime.now(COPENHAGEN).date()
    return write.full(name, catalogue.records.services[name], today, catalogue.modified[name])


def _answer(request: web.Request, content: dict[str, Any]) -> web.Response:
    return respond(request, json.dumps(content, ensure_ascii=False).encode(), "application/json; charset=utf-8", None)


_service_id = lru_cache(maxsize=65536)(write.service_id)
_term_id = lru_cache(maxsize=1024)(term_id)
_folded = lru_cache(maxsize=16384)(folded)
