"""What feeds hold: services as CSV and HSDS JSON, courses as iCalendar."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta

from bot.directory.hsds.write import dumped
from bot.directory.records import Records, ServiceRecord

UID = "cvr-1@kulturhuset.example"
PLACE = {
    "name": "Kulturhuset",
    "organization": "Foreningen",
    "description": "Et hus med mad.",
    "needs": "mad",
    "for_whom": "alle",
    "phone": "33 17 33 33",
    "confidence": "sikker",
    "assured_date": "2026-11-20",
}


def table(*rows: dict[str, str]) -> bytes:
    """A CSV of `rows`, whose columns are those of the first."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list((rows or (PLACE,))[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def package(now: datetime, **services: ServiceRecord) -> bytes:
    """An HSDS JSON of `services`, by id."""
    return dumped(Records(services), dict.fromkeys(services, now), now.date()).encode()


def meeting(start: datetime, uid: str = UID, **properties: str) -> str:
    """An event of two hours at `start`, in Copenhagen's time, with more `properties`."""
    fields = {"UID": uid, "SUMMARY": "Kursus om CVR", "LOCATION": "Kulturhuset", **properties}
    lines = [f"{name}:{text}\r\n" for name, text in fields.items()]
    times = f"DTSTART:{start:%Y%m%dT%H%M%S}\r\nDTEND:{start + timedelta(hours=2):%Y%m%dT%H%M%S}\r\n"
    return f"BEGIN:VEVENT\r\n{times}{''.join(lines)}END:VEVENT\r\n"


def calendar(*meetings: str) -> bytes:
    """An iCalendar of `meetings`."""
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(meetings)}END:VCALENDAR\r\n".encode()
