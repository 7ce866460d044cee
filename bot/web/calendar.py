"""The course calendar, to subscribe to or to take one date from."""

from __future__ import annotations

import asyncio

from aiohttp import hdrs, web

from bot.directory.catalogue import Catalogue
from bot.directory.ical.write import calendar_bytes
from bot.web.conditional import Representation, respond
from bot.web.keys import DIRECTORY
from bot.web.problems import ProblemError

_TYPE = "text/calendar; charset=utf-8"


class CourseCalendar:
    """The calendar of all courses, made once for each revision of the directory, and of one course."""

    def __init__(self) -> None:
        self._made: tuple[int, Representation] | None = None
        self._making = asyncio.Lock()

    def add_to(self, app: web.Application) -> None:
        """Serves the calendars."""
        app.router.add_get("/kurser.ics", self._all)
        app.router.add_get("/kurser/{uid}.ics", _one)

    async def _all(self, request: web.Request) -> web.Response:
        """`GET /kurser.ics`."""
        catalogue = await request.config_dict[DIRECTORY].catalogue()
        return (await self._representation(catalogue)).answer(request)

    async def _representation(self, catalogue: Catalogue) -> Representation:
        async with self._making:
            if self._made is None or self._made[0] != catalogue.revision:
                # Thousands of courses take a second, in which others want an answer too.
                self._made = catalogue.revision, await asyncio.to_thread(_represented, catalogue)
            return self._made[1]


async def _one(request: web.Request) -> web.Response:
    """`GET /kurser/{uid}.ics`: the course with this UID, to be downloaded under a name that tells nothing."""
    catalogue = await request.config_dict[DIRECTORY].catalogue()
    uid = request.match_info["uid"]
    if uid not in catalogue.records.courses:
        raise ProblemError(404, "Kurset findes ikke.")
    body = calendar_bytes({uid: catalogue.records.courses[uid]}, catalogue.modified)
    response = respond(request, body, _TYPE, catalogue.modified[uid])
    response.headers[hdrs.CONTENT_DISPOSITION] = 'attachment; filename="kursus.ics"'
    return response


def _represented(catalogue: Catalogue) -> Representation:
    # A course that is taken out changes the calendar too, so its age is the directory's.
    return Representation(calendar_bytes(catalogue.records.courses, catalogue.modified), _TYPE, catalogue.changed_at)
