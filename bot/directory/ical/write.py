"""The courses as an iCalendar (RFC 5545) that does not betray whose phone it is on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from icalendar import Calendar, Event, Timezone, vDuration

from bot.directory.records import CourseRecord

# A phone asks again this often (RFC 7986, section 5.7); a cancelled course should be seen before people set out.
_REFRESH = timedelta(hours=6)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
# Denmark's summer time since 1996 (directive 2000/84/EC).
_ZONE = """
BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def calendar_bytes(courses: Mapping[str, CourseRecord], modified: Mapping[str, datetime]) -> bytes:
    """The calendar of `courses`, by UID, in order of time: the same bytes for the same courses.

    `modified` has the last change of each of them, with a time zone; other UIDs in it are not looked at.
    Whoever sees the phone reads "Kurser", each course's `public_name`, and where and when it is: there is no subject, no organizer,
    no link and no alarm, and the time does not count as busy. A cancelled course stays, as STATUS:CANCELLED, so that phones show it.
    """
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Kurser//Kurser//DA")
    calendar.add("NAME", "Kurser")
    calendar.add("X-WR-CALNAME", "Kurser")
    calendar.add("REFRESH-INTERVAL", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(_REFRESH))
    calendar.add_component(Timezone.from_ical(_ZONE))
    for uid, course in sorted(courses.items(), key=lambda item: (item[1].dtstart.timestamp(), item[0])):
        calendar.add_component(_event(uid, course, modified[uid]))
    return bytes(calendar.to_ical())


def plain_text(text: str) -> str:
    """`text` on one line, without control characters: they could break a calendar's line in two, or turn the text around."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _event(uid: str, course: CourseRecord, modified: datetime) -> Event:
    event = Event()
    event.add("UID", uid)
    event.add("DTSTAMP", modified)
    event.add("LAST-MODIFIED", modified)
    event.add("SEQUENCE", course.sequence)
    event.add("STATUS", course.status)
    event.add("SUMMARY", plain_text(course.public_name))
    event.add("DTSTART", course.dtstart)
    event.add("DTEND", course.dtend)
    if course.location:
        event.add("LOCATION", plain_text(course.location))
    event.add("TRANSP", "TRANSPARENT")
    event.add("CLASS", "PRIVATE")
    return event
