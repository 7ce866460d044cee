import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.ical.write import calendar_bytes
from bot.directory.records import CourseRecord
from bot.settings import COPENHAGEN, ROOT

CHANGED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def course(**fields: Any) -> CourseRecord:
    """A course about something nobody else should read on a phone."""
    given_fields = {
        "summary": "CVR for sexarbejdere",
        "dtstart": "2027-02-03 17:00",
        "dtend": "2027-02-03 19:30",
        "location": "Nørregade 1, 2. sal",
        "organizer": "Byens hus",
        "signup": "https://huset.example/sexarbejde",
        "source": {"title": "Egen side", "url": "https://huset.example/"},
        "assured_date": "2026-11-20",
        **fields,
    }
    return CourseRecord.model_validate(given_fields)


def made(**fields: Any) -> str:
    return calendar_bytes({"cvr-1@vejviser": course(**fields)}, {"cvr-1@vejviser": CHANGED}).decode()


def lines(text: str) -> list[str]:
    """The content lines, unfolded."""
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def event_lines(text: str) -> list[str]:
    unfolded = lines(text)
    return unfolded[unfolded.index("BEGIN:VEVENT") : unfolded.index("END:VEVENT") + 1]


def test_a_course_is_told_with_time_place_and_state() -> None:
    assert set(event_lines(made(sequence=3))) == {
        "BEGIN:VEVENT",
        "UID:cvr-1@vejviser",
        "DTSTAMP:20261120T093000Z",
        "LAST-MODIFIED:20261120T093000Z",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
        "SUMMARY:Kursus",
        "DTSTART;TZID=Europe/Copenhagen:20270203T170000",
        "DTEND;TZID=Europe/Copenhagen:20270203T193000",
        r"LOCATION:Nørregade 1\, 2. sal",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
    }


def test_the_calendar_is_called_courses_and_asked_for_a_few_times_a_day() -> None:
    head = lines(made())[: lines(made()).index("BEGIN:VTIMEZONE")]
    assert {"VERSION:2.0", "NAME:Kurser", "X-WR-CALNAME:Kurser"} <= set(head)
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H"} <= set(head)


def test_nothing_tells_whose_phone_it_is() -> None:
    text = made().lower().replace("uid:cvr-1@vejviser", "")
    for betraying in ("sex", "cvr", "vejviser", "byens hus", "huset", "description", "organizer", "url", "valarm", "method"):
        assert betraying not in text


def test_a_cancelled_course_stays_and_says_so() -> None:
    assert "STATUS:CANCELLED" in event_lines(made(status="CANCELLED"))


def test_courses_stand_in_order_of_time() -> None:
    courses = {"a@x": course(), "c@x": course(dtstart="2027-02-01 10:00"), "b@x": course(dtstart="2027-02-01 10:00")}
    text = calendar_bytes(courses, dict.fromkeys(courses, CHANGED)).decode()
    assert re.findall("UID:(.*)\r\n", text) == ["b@x", "c@x", "a@x"]


def test_an_empty_calendar_is_a_calendar() -> None:
    calendar = icalendar.Calendar.from_ical(calendar_bytes({}, {}))
    assert calendar.calendar_name == "Kurser"
    assert calendar.events == []


def test_the_bytes_depend_on_nothing_but_the_courses() -> None:
    script = (
        "import json, sys\n"
        "from datetime import datetime\n"
        "from bot.directory.ical.write import calendar_bytes\n"
        "from bot.directory.records import CourseRecord\n"
        "courses = {uid: CourseRecord.model_validate(fields) for uid, fields in json.load(sys.stdin)}\n"
        "sys.stdout.buffer.write(calendar_bytes(courses, dict.fromkeys(courses, datetime.fromisoformat(sys.argv[1]))))\n"
    )
    named = [(f"{number}@x", course(dtstart=f"2027-01-{number:02} 10:00", location=f"Sal {number}")) for number in range(1, 20)]
    fields = [(uid, one.model_dump(mode="json")) for uid, one in named]

    def elsewhere(order: list[Any], seed: str) -> bytes:
        command = [sys.executable, "-c", script, CHANGED.isoformat()]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"}
        return subprocess.run(command, input=json.dumps(order).encode(), env=environment, check=True, capture_output=True).stdout

    here = calendar_bytes(dict(named), {uid: CHANGED for uid, _ in named})
    assert elsewhere(fields, "1") == elsewhere(fields[::-1], "2") == here


def test_the_time_zone_says_the_same_as_the_time_zone_database() -> None:
    [zone] = icalendar.Calendar.from_ical(made()).timezones
    assert zone.tz_name == "Europe/Copenhagen"
    told = zone.to_tz(lookup_tzid=False)
    moment = datetime(2000, 1, 1, tzinfo=UTC)
    while moment.year < 2037:
        assert moment.astimezone(told).utcoffset() == moment.astimezone(COPENHAGEN).utcoffset(), moment
        moment += timedelta(hours=7)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [("2027-03-28 01:00", "2027-03-28 04:00", 2), ("2027-10-31 01:00", "2027-10-31 04:00", 4), ("2027-06-01 01:00", "2027-06-01 04:00", 3)],
)
def test_a_night_in_which_clocks_change_keeps_its_length(start: str, end: str, hours: int) -> None:
    event = icalendar.Calendar.from_ical(made(dtstart=start, dtend=end)).events[0]
    assert event.end.astimezone(UTC) - event.start.astimezone(UTC) == timedelta(hours=hours)


@given(st.text(st.characters(exclude_characters="\0"), min_size=1).filter(str.strip))
def test_no_text_breaks_out_of_its_line(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode() + "x"
    made_of_it = made(public_name=text, location=f"{text}\r\nSTATUS:CANCELLED\rBEGIN:VALARM\u2028{text}")
    assert [line.partition(":")[0] for line in event_lines(made_of_it)] == [
        line.partition(":")[0] for line in event_lines(made(location="Her"))
    ]
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]", made_of_it)
    [event] = icalendar.Calendar.from_ical(made_of_it).events
    assert str(event["STATUS"]) == "CONFIRMED"


@given(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=60, max_size=400))
def test_long_lines_are_folded_at_75_bytes_without_splitting_a_letter(text: str) -> None:
    content = calendar_bytes({"a@x": course(location=text)}, {"a@x": CHANGED})
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    for line in content.split(b"\r\n"):
        line.decode()
    assert str(icalendar.Calendar.from_ical(content).events[0]["LOCATION"]) == text
