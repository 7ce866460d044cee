from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.ical import read as ical_read
from bot.directory.ical.read import Received, read_calendar
from bot.directory.ical.write import calendar_bytes
from bot.directory.records import COURSE_UID, CourseRecord, SourceRecord
from bot.settings import COPENHAGEN
from bot.topics.yaml_file import ContentError

NOW = datetime(2027, 1, 10, 12, tzinfo=COPENHAGEN)
FEED = Path("kurser-fra-huset.ics")
SOURCE = SourceRecord(title="Huset", url="https://huset.example/kurser.ics")
ASSURED = date(2026, 11, 20)


def event(*more: str, **fields: str) -> str:
    """A VEVENT on 3 February 2027, 17.00-19.00; `fields` replace its lines, an empty one takes a line out."""
    written = {
        "UID": "UID:a@huset.example",
        "SUMMARY": "SUMMARY:Kursus om CVR",
        "DTSTART": "DTSTART;TZID=Europe/Copenhagen:20270203T170000",
        "DTEND": "DTEND;TZID=Europe/Copenhagen:20270203T190000",
        **fields,
    }
    return "\r\n".join(("BEGIN:VEVENT", *filter(None, written.values()), *more, "END:VEVENT"))


def calendar(*parts: str) -> bytes:
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *parts, "END:VCALENDAR", "")).encode()


def read(*parts: str) -> Received:
    return read_calendar(calendar(*parts), FEED, SOURCE, ASSURED, NOW)


def courses(*parts: str) -> dict[str, CourseRecord]:
    """The courses of a calendar in which nothing is left out."""
    received = read(*parts)
    assert received.left_out == ()
    return received.records.courses


def course(*more: str, **fields: str) -> CourseRecord:
    [only] = courses(event(*more, **fields)).values()
    return only


def left_out(*parts: str) -> list[str]:
    """The reasons, of a calendar of which nothing is kept."""
    received = read(*parts)
    assert not received.records.courses
    return [problem.mend for problem in received.left_out]


def mistake(content: bytes) -> str:
    with pytest.raises(ContentError) as error:
        read_calendar(content, FEED, SOURCE, ASSURED, NOW)
    return str(error.value)


def starts(*parts: str) -> list[str]:
    return sorted(f"{one.dtstart:%Y-%m-%d %H:%M}" for one in courses(*parts).values())


def test_a_course_is_read_with_all_that_is_told_of_it() -> None:
    received = courses(
        event(
            "STATUS:CANCELLED",
            "SEQUENCE:4",
            r"LOCATION:Nørregade 1\, 2. sal\n1165 København K",
            'ORGANIZER;CN="Byens hus; kurser":mailto:kurser@huset.example',
            "URL:https://huset.example/tilmelding?a=1,2",
            "DESCRIPTION:Meget langt",
        )
    )
    assert received == {
        "a@huset.example": CourseRecord.model_validate(
            {
                "summary": "Kursus om CVR",
                "dtstart": "2027-02-03 17:00",
                "dtend": "2027-02-03 19:00",
                "status": "CANCELLED",
                "sequence": 4,
                "location": "Nørregade 1, 2. sal 1165 København K",
                "organizer": "Byens hus; kurser",
                "signup": "https://huset.example/tilmelding?a=1,2",
                "source": SOURCE,
                "assured_date": ASSURED,
            }
        )
    }


def test_what_is_not_told_is_not_known() -> None:
    read_course = course()
    assert (read_course.status, read_course.sequence, read_course.public_name) == ("CONFIRMED", 0, "Kursus")
    assert (read_course.location, read_course.organizer, read_course.signup) == (None, None, None)


@pytest.mark.parametrize(
    ("start", "in_copenhagen"),
    [
        ("DTSTART:20270203T160000Z", "17:00"),
        ("DTSTART:20270203T170000", "17:00"),
        ("DTSTART;TZID=Europe/London:20270203T160000", "17:00"),
        ('DTSTART;TZID="America/New_York":20270203T110000', "17:00"),
        ("DTSTART;TZID=Romance Standard Time:20270203T170000", "17:00"),
    ],
)
def test_times_of_any_zone_become_copenhagens(start: str, in_copenhagen: str) -> None:
    assert f"{course(DTSTART=start).dtstart:%H:%M}" == in_copenhagen


def test_a_zone_is_known_by_its_name_whatever_the_calendar_says_it_is() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Europe/Copenhagen\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY\r\n"
        "TZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    )
    assert starts(zone, event()) == ["2027-02-03 17:00"]
    assert "tidszonen «Hjemmelavet» kendes ikke" in mistake(
        calendar(zone.replace("Europe/Copenhagen", "Hjemmelavet"), event(DTSTART="DTSTART;TZID=Hjemmelavet:20270203T170000"))
    )


def test_a_length_stands_for_an_end() -> None:
    assert course(DTEND="DURATION:PT90M").dtend == datetime(2027, 2, 3, 18, 30, tzinfo=COPENHAGEN)


def test_a_series_becomes_a_course_for_each_date_on_the_same_clock_all_year() -> None:
    received = courses(event("RRULE:FREQ=MONTHLY;INTERVAL=3;BYDAY=1WE"))
    assert {uid: f"{one.dtstart:%Y-%m-%d %H:%M}" for uid, one in received.items()} == {
        "a-20270203T160000Z@huset.example": "2027-02-03 17:00",
        "a-20270505T150000Z@huset.example": "2027-05-05 17:00",
        "a-20270804T150000Z@huset.example": "2027-08-04 17:00",
        "a-20271103T160000Z@huset.example": "2027-11-03 17:00",
    }


def test_a_series_without_an_end_is_followed_for_a_year() -> None:
    dates = starts(event("RRULE:FREQ=WEEKLY"))
    assert (dates[0], dates[-1], len(dates)) == ("2027-02-03 17:00", "2028-01-05 17:00", 49)


def test_dates_fall_out_and_come_in() -> None:
    zone = ";TZID=Europe/Copenhagen:"
    series = event("RRULE:FREQ=WEEKLY;COUNT=3", f"EXDATE{zone}20270210T170000", f"RDATE{zone}20270212T100000,20270213T100000")
    assert starts(series) == ["2027-02-03 17:00", "2027-02-12 10:00", "2027-02-13 10:00", "2027-02-17 17:00"]


def test_a_changed_date_keeps_its_name_and_a_cancelled_one_stays() -> None:
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Copenhagen:20270210T170000",
        "SEQUENCE:2",
        DTSTART="DTSTART;TZID=Europe/Copenhagen:20270211T180000",
        DTEND="DTEND;TZID=Europe/Copenhagen:20270211T190000",
    )
    cancelled = event("RECURRENCE-ID:20270217T160000Z", "STATUS:CANCELLED", DTSTART="DTSTART:20270217T160000Z", DTEND="DURATION:PT1H")
    received = courses(moved, event("RRULE:FREQ=WEEKLY;COUNT=3"), cancelled)
    assert {uid: (f"{one.dtstart:%d %H:%M}", one.status, one.sequence) for uid, one in received.items()} == {
        "a-20270203T160000Z@huset.example": ("03 17:00", "CONFIRMED", 0),
        "a-20270210T160000Z@huset.example": ("11 18:00", "CONFIRMED", 2),
        "a-20270217T160000Z@huset.example": ("17 17:00", "CANCELLED", 0),
    }


@pytest.mark.parametrize("uid", ["uden snabel-a", "to@huset@example", "æ@huset.example", "a" * 300 + "@x", "{x}/../@x", "a\\nb@x"])
def test_any_uid_becomes_one_that_a_course_can_have(uid: str) -> None:
    [single] = courses(event(UID=f"UID:{uid}"))
    [repeated, *_] = courses(event("RRULE:FREQ=WEEKLY", UID=f"UID:{uid}"))
    other = "b" + uid
    for fitting in (single, repeated):
        assert COURSE_UID.fullmatch(fitting)
    assert len({single, *courses(event(UID=f"UID:{uid}"), event(UID=f"UID:{other}"))}) == 2


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"DTSTART": "DTSTART;VALUE=DATE:20270203", "DTEND": "DTEND;VALUE=DATE:20270204"}, "varer hele dagen"),
        ({"DTSTART": "DTSTART;VALUE=DATE:20270203", "DTEND": ""}, "varer hele dagen"),
        ({"DTSTART": "DTSTART:20260203T170000", "DTEND": "DTEND:20260203T190000"}, "ikke i de næste 12 måneder"),
        ({"DTSTART": "DTSTART:20270110T090000Z", "DTEND": "DTEND:20270110T105900Z"}, "ikke i de næste 12 måneder"),
        ({"DTSTART": "DTSTART:20280203T170000", "DTEND": "DTEND:20280203T190000"}, "ikke i de næste 12 måneder"),
        ({"STATUS": "STATUS:TENTATIVE"}, "foreløbig"),
        ({"DTSTART": "DTSTART:20271031T003000Z", "DTEND": "DTEND:20271031T043000Z"}, "uret stilles"),
        ({"DTSTART": "DTSTART:20271030T203000Z", "DTEND": "DTEND:20271031T013000Z"}, "uret stilles"),
    ],
)
def test_what_is_no_course_with_a_time_is_left_out_with_the_reason(fields: dict[str, str], reason: str) -> None:
    [told] = left_out(event(**fields))
    assert reason in told


def test_the_reason_is_told_once_for_a_series_with_its_line_and_uid() -> None:
    received = read(event(UID="UID:b@x"), event("RRULE:FREQ=DAILY;COUNT=9", "STATUS:TENTATIVE"))
    assert list(received.records.courses) == ["b@x"]
    assert [(one.path, one.line, one.field) for one in received.left_out] == [(FEED, 10, "a@huset.example")]


def test_a_course_that_has_begun_is_still_there() -> None:
    assert starts(event(DTSTART="DTSTART:20270110T100000Z", DTEND="DTEND:20270110T140000Z")) == ["2027-01-10 11:00"]


def test_a_course_through_a_night_in_which_clocks_change_keeps_its_length() -> None:
    for start, end, length in (("20270327T230000Z", "20270328T040000Z", 5), ("20271030T220000Z", "20271031T050000Z", 7)):
        night = course(DTSTART=f"DTSTART:{start}", DTEND=f"DTEND:{end}")
        assert night.dtend.astimezone(UTC) - night.dtstart.astimezone(UTC) == timedelta(hours=length)


def test_an_hour_that_was_skipped_is_the_one_it_really_is() -> None:
    skipped = course(DTSTART="DTSTART;TZID=Europe/Copenhagen:20270328T023000", DTEND="DTEND:20270328T060000")
    assert f"{skipped.dtstart:%H:%M}" == "03:30"


def test_text_has_no_line_breaks_or_control_characters_and_an_end() -> None:
    wild = course(SUMMARY="SUMMARY:A\\n\x00\x1b[31mB\\r\u2028C \u202eD" + "x" * 5000)
    assert wild.summary.startswith("A [31mB\\r C Dxxx")
    assert len(wild.summary) == 200


def test_a_letter_may_be_folded_in_two() -> None:
    content = calendar(event(SUMMARY="SUMMARY:Kursus på broen")).replace("å".encode(), b"\xc3\r\n \xa5")
    [only] = read_calendar(content, FEED, SOURCE, ASSURED, NOW).records.courses.values()
    assert only.summary == "Kursus på broen"


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_lines_may_be_folded_and_end_as_on_unix(ending: str) -> None:
    text = calendar(event(SUMMARY="SUMMARY:Kursus \r\n om\r\n\t CVR")).decode().replace("\r\n", ending)
    [only] = read_calendar(text.encode("utf-8-sig"), FEED, SOURCE, ASSURED, NOW).records.courses.values()
    assert only.summary == "Kursus om CVR"


@pytest.mark.parametrize(
    ("fields", "line", "mend"),
    [
        ({"UID": ""}, 4, "mangler; tilføj UID"),
        ({"UID": "UID:"}, 5, "mangler; tilføj UID"),
        ({"SUMMARY": ""}, 4, "mangler; tilføj SUMMARY"),
        ({"SUMMARY": "SUMMARY: \\n "}, 6, "må ikke være tom"),
        ({"DTSTART": ""}, 4, "mangler; tilføj DTSTART"),
        ({"DTSTART": "DTSTART:i morgen"}, 7, "værdien kan ikke læses"),
        ({"DTSTART": "DTSTART:20270230T170000"}, 7, "værdien kan ikke læses"),
        ({"DTSTART": "DTSTART;TZID=Europe/Valby:20270203T170000"}, 7, "brug Europe/Copenhagen"),
        ({"DTSTART": "DTSTART;TZID=../../etc/passwd:20270203T170000"}, 7, "brug Europe/Copenhagen"),
        ({"DTSTART": "DTSTART:00010101T000000"}, 8, "passer ikke sammen"),
        ({"DTSTART": "DTSTART;VALUE=DATE:20270203"}, 8, "passer ikke sammen"),
        ({"DTEND": "DTEND:20270203T150000"}, 8, "skal ligge efter DTSTART"),
        ({"DTEND": "DURATION:-PT1H"}, 4, "DTSTART"),
        ({"DTEND": ""}, 4, "skal ligge efter DTSTART"),
        ({"STATUS": "STATUS:MÅSKE"}, 9, "skriv CONFIRMED, CANCELLED eller TENTATIVE"),
        ({"SEQUENCE": "SEQUENCE:-1"}, 9, "helt tal fra 0"),
        ({"SEQUENCE": "SEQUENCE:2147483648"}, 9, "værdien kan ikke læses"),
        ({"SEQUENCE": "SEQUENCE:to"}, 9, "værdien kan ikke læses"),
        ({"URL": "URL:javascript:alert(1)"}, 9, "begynder med https://"),
        ({"URL": "URL:https://x.example/" + "a" * 2000}, 9, "begynder med https://"),
        ({"RRULE": "RRULE:FREQ=SOMMETIDER"}, 9, "værdien kan ikke læses"),
        ({"RRULE": "RRULE:FREQ=WEEKLY;INTERVAL=0"}, 9, "gentages højst hver dag"),
        ({"RRULE": "RRULE:FREQ=YEARLY;BYDAY=99MO"}, 4, "gentagelsen kan ikke regnes ud"),
        ({"RRULE": "RRULE:FREQ=WEEKLY", "DTSTART": "DTSTART:19690101T120000", "DTEND": "DURATION:PT1H"}, 7, "længe siden"),
        ({"EXRULE": "EXRULE:FREQ=WEEKLY"}, 9, "EXDATE"),
        ({"EXTRA": "RECURRENCE-ID:20270203T160000Z", "RRULE": "RRULE:FREQ=WEEKLY"}, 9, "må ikke selv gentages"),
        ({"EXTRA": "SUMMARY:Igen"}, 9, "SUMMARY står to gange"),
        ({"EXTRA": "Tilmelding efter aftale"}, 9, "linjen kan ikke læses"),
    ],
)
def test_a_mistake_names_the_line_and_the_mend(fields: dict[str, str], line: int, mend: str) -> None:
    told = mistake(calendar(event(**fields)))
    assert told.startswith(f"{FEED}:{line}: ")
    assert mend in told


def test_one_mistake_refuses_all_and_every_mistake_is_told() -> None:
    told = mistake(calendar(event(UID="UID:good@x"), event(UID="UID:b@x", SUMMARY=""), event("SEQUENCE:-1"))).splitlines()
    assert [line.rpartition(": ")[0] for line in told] == [f"{FEED}:10: SUMMARY", f"{FEED}:20: a@huset.example SEQUENCE"]


def test_a_uid_that_stands_twice_is_refused() -> None:
    assert f"{FEED}:11: a@huset.example UID: står også i begivenheden på linje 4" in mistake(calendar(event(), event()))
    twice = event("RECURRENCE-ID:20270210T160000Z"), event("RECURRENCE-ID;TZID=Europe/Copenhagen:20270210T170000")
    assert "står også i begivenheden på linje 4" in mistake(calendar(*twice, event("RRULE:FREQ=WEEKLY")))
    of_series = event(UID="UID:a-20270203T160000Z@huset.example")
    assert "det samme UID står to gange" in mistake(calendar(of_series, event("RRULE:FREQ=WEEKLY;COUNT=2")))


@pytest.mark.parametrize(
    ("content", "mend"),
    [
        (b"", "det er ingen kalender"),
        (b"\r\n\r\n", "det er ingen kalender"),
        (b"<!doctype html><p>Log ind</p>", "linjen kan ikke læses"),
        (b"title:Kurser\r\n", "det er ingen kalender"),
        (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "det er ingen kalender"),
        (b"END:VCALENDAR\r\n", "END passer ikke"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", "END passer ikke"),
        (b"BEGIN:VCALENDAR\r\nNAME:K\xf8bmager\r\nEND:VCALENDAR\r\n", ":2: kalenderen er ikke UTF-8"),
        (calendar(event())[:-20], "END passer ikke"),
        (calendar(event())[:-15], "END:VCALENDAR mangler"),
        (calendar(event())[:90], "skåret over"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 5000, "skåret over"),
    ],
)
def test_what_is_no_whole_calendar_is_refused(content: bytes, mend: str) -> None:
    assert mend in mistake(content)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=HOURLY;COUNT=9",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,1,2,3;BYSECOND=0,1,2,3",
        "FREQ=MONTHLY;BYDAY=" + ",".join(f"{week}MO" for week in range(1, 50)),
    ],
)
def test_a_rule_that_could_run_for_ever_is_refused_before_it_runs(rule: str) -> None:
    assert "gentages højst hver dag" in mistake(calendar(event(f"RRULE:{rule}")))


def test_too_many_events_or_dates_are_refused() -> None:
    some = [event("RRULE:FREQ=DAILY", UID=f"UID:{number}@x") for number in range(40)]
    assert "over 10000 datoer" in mistake(calendar(*some))
    assert "over 10000 begivenheder" in mistake(calendar(*["BEGIN:VEVENT\r\nEND:VEVENT"] * 10_001))
    assert "over 10000 datoer i RDATE" in mistake(calendar(event("RDATE:" + ",".join(["20270203T170000"] * 10_001))))


def test_rules_that_take_too_long_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ical_read, "_MOST_SECONDS", 0.0)
    assert "tager for lang tid" in mistake(calendar(event("RRULE:FREQ=WEEKLY")))


def test_a_rule_that_never_comes_to_a_date_is_told_of() -> None:
    never = event("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "EXDATE:20270203T160000Z")
    assert left_out(never) == ["ligger ikke i de næste 12 måneder"]


words = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=150).map(lambda text: " ".join(text.split()))
times = st.datetimes(datetime(2027, 1, 11), datetime(2028, 1, 8))  # noqa: DTZ001 - on Copenhagen's clock


@st.composite
def records(draw: st.DrawFn) -> CourseRecord:
    start = draw(times.filter(lambda moment: moment.hour not in (2, 3)))
    end = start + timedelta(minutes=draw(st.integers(1, 40)), hours=draw(st.integers(0, 30)))
    while end.hour in (2, 3):
        end += timedelta(hours=1)
    return CourseRecord.model_validate(
        {
            "summary": draw(words.filter(bool)),
            "public_name": draw(words.filter(bool)),
            "dtstart": f"{start:%Y-%m-%d %H:%M}",
            "dtend": f"{end:%Y-%m-%d %H:%M}",
            "status": draw(st.sampled_from(["CONFIRMED", "CANCELLED"])),
            "sequence": draw(st.integers(0, 2**31 - 1)),
            "location": draw(st.none() | words.filter(bool)),
            "source": SOURCE,
            "assured_date": ASSURED,
        }
    )


@given(st.dictionaries(st.from_regex(r"[A-Za-z0-9._-]{1,20}@[a-z.]{1,9}", fullmatch=True), records(), max_size=5))
def test_what_we_give_out_is_read_back_the_same(given_courses: dict[str, CourseRecord]) -> None:
    content = calendar_bytes(given_courses, dict.fromkeys(given_courses, NOW))
    received = read_calendar(content, FEED, SOURCE, ASSURED, NOW)
    public = {uid: one.model_copy(update={"summary": one.public_name, "public_name": "Kursus"}) for uid, one in given_courses.items()}
    assert received == (ical_read.Records(courses=public), ())


@given(st.lists(st.sampled_from([*calendar(event("RRULE:FREQ=WEEKLY", "EXDATE:20270210T160000Z")).splitlines(), b" ", b"\xff", b"END:"])))
def test_whatever_comes_is_read_or_refused(lines: list[bytes]) -> None:
    try:
        received = read_calendar(b"\r\n".join(lines), FEED, SOURCE, ASSURED, NOW)
    except ContentError:
        return
    assert all(COURSE_UID.fullmatch(uid) for uid in received.records.courses)
