"""What an editor may write about a service, a course and a plan, and what is said about what he may not."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.directory.files import read_file
from bot.directory.vocabulary import LANGUAGES, NEEDS, WHOM
from bot.settings import COPENHAGEN
from bot.topics.yaml_file import ContentError
from tests.directory.conftest import COURSE, PLAN, course, entry, plan, service, written


def mistake(path: Path) -> str:
    with pytest.raises(ContentError) as error:
        read_file(path)
    return str(error.value)


@pytest.mark.parametrize(
    ("fields", "mend"),
    [
        ({"phones": '[{number: "12 34"}]'}, "er ikke et telefonnummer"),
        ({"phones": '[{number: "99"}]'}, "er ikke et telefonnummer"),
        ({"phones": '[{number: "ring"}]'}, "er ikke et telefonnummer"),
        ({"phones": '[{number: "+46 8 123"}]'}, "er ikke et telefonnummer"),
        ({"phones": "[{number: 112}]"}, "sæt den i anførselstegn"),
        ({"phones": '[{number: "112", as_of: i fjor}]'}, "skriv årstallet"),
        ({"phones": '[{number: "112", as_of: 1889}]'}, "skriv årstallet"),
        ({"phones": '[{number: "112", note: Vagt}]'}, "ukendt felt"),
        ({"opening_hours": "hverdage 10-12", "hours_text": "Hverdage"}, "er ikke åbningstider"),
        ({"opening_hours": "Mo-Fr 25:00-26:00", "hours_text": "Hverdage"}, "er ikke åbningstider"),
        ({"opening_hours": "Mo-Fr 10:00-10:00", "hours_text": "Hverdage"}, "slutter, når det begynder"),
        ({"opening_hours": '"Mo-Fr 10:00-15:00,14:00-16:00"', "hours_text": "Hverdage"}, "overlapper hinanden"),
        ({"opening_hours": '"Mo-Fr 10:00-15:00; We 16:00-18:00"', "hours_text": "Hverdage"}, "We har tider to steder"),
        ({"opening_hours": '"24/7"', "hours_text": "Altid", "hours_as_of": "2020"}, "gamle åbningstider"),
        ({"hours_as_of": "2020"}, "gamle åbningstider"),
        ({"opening_hours": '"24/7"'}, "med ord i hours_text"),
        ({"addresses": "[{area: Fyn}]"}, "skriv et af disse: Indre By, Vesterbro"),
        ({"addresses": '[{city: "Aarhus"}]'}, "address_1 eller area"),
        ({"for_whom": "[damer]"}, "skriv et af disse: alle, kvinder"),
        ({"for_whom": "[]"}, "listen er tom"),
        ({"needs": "[mad, mad]"}, "to gange"),
        ({"needs": "[kaffe]"}, "skriv et af disse: livsfare, akut"),
        ({"needs": "[]"}, "listen er tom"),
        ({"needs": "mad"}, "en liste"),
        ({"languages": "[dansk]"}, "skriv et af disse: ar, bg"),
        ({"languages": "[da, da]"}, "to gange"),
        ({"alternate_names": "[Hus, Hus]"}, "to gange"),
        ({"required_documents": "[Pas, Pas]"}, "to gange"),
        ({"required_documents": '["Pas\\0"]'}, "et tegn, der ikke må være der"),
        ({"note": '"Ring\\0"'}, "et tegn, der ikke må være der"),
        ({"phones": '[{number: "112", description: "\\0"}]'}, "et tegn, der ikke må være der"),
        ({"fees": "ord " * 26}, "er på 26 ord; højst 25"),
        ({"minimum_age": "atten"}, "helt tal"),
        ({"minimum_age": "true"}, "helt tal"),
        ({"maximum_age": "121"}, "helt tal"),
        ({"minimum_age": "18", "maximum_age": "17"}, "mindre end minimum_age"),
        ({"confidence": "ældre"}, "skriv as_of"),
        ({"as_of": "2020"}, "skriv as_of"),
        ({"confidence": "måske"}, "skriv et af disse: sikker, ældre, usikker"),
        ({"status": "lukket"}, "skriv et af disse: active, inactive, defunct"),
        ({"anonymous": "måske"}, "skriv true eller false"),
        ({"url": "huset.dk"}, "https://"),
        ({"assured_date": "i går"}, "skriv datoen som"),
        ({"assured_date": "2999-01-01"}, "ligger i fremtiden"),
        ({"confirmed": "{by: Mette, on: 2999-01-01}"}, "ligger i fremtiden"),
        ({"confirmed": '{by: " ", on: 2026-11-20}'}, "må ikke være tom"),
        ({"confirmed": "{by: Mette}"}, "feltet mangler; tilføj «on: …»"),
        ({"descripton": "Hej"}, "mente du «description»"),
        ({"description": "ord " * 26}, "er på 26 ord; højst 25"),
        ({"name": "Byens krisecenter", "addresses": "[{area: Valby}]"}, "et krisecenters adresse må ikke vises"),
        ({"description": "Et Crisis Center.", "addresses": "[{area: Valby}]"}, "et krisecenters adresse må ikke vises"),
    ],
)
def test_a_mistake_in_a_service_names_file_line_and_mend(tmp_path: Path, fields: dict[str, str], mend: str) -> None:
    first, wrong = entry("huset"), entry("forkert", **fields)
    path = written(tmp_path / "a.yml", first, wrong)
    found = mistake(path)
    assert mend in found
    file, line, _ = found.split(":", 2)
    assert file == str(path)
    assert (first + wrong).splitlines()[int(line) - 1].strip().split(":")[0] in {"forkert", *fields}


CONTACT = {
    "phones": '[{number: "112"}]',
    "addresses": "[{area: Valby}]",
    "hours_text": "Altid",
    "email": "huset@huset.dk",
}


@pytest.mark.parametrize("field", CONTACT)
@pytest.mark.parametrize("unsure", [{"confidence": "usikker"}, {"status": "defunct"}, {"status": "inactive"}])
def test_what_may_not_exist_has_no_way_to_it(tmp_path: Path, unsure: dict[str, str], field: str) -> None:
    found = mistake(written(tmp_path / "a.yml", entry("huset", **unsure, **{field: CONTACT[field]})))
    assert f"huset.{field}: vises ikke for et sted, der er usikkert, lukket eller ikke åbnet; slet feltet" in found


@pytest.mark.parametrize("field", CONTACT)
@pytest.mark.parametrize("sure", [{"status": "temporarily closed"}, {"confidence": "ældre", "as_of": "2019"}])
def test_what_is_closed_for_a_time_or_old_has(tmp_path: Path, sure: dict[str, str], field: str) -> None:
    assert read_file(written(tmp_path / "a.yml", entry("huset", **sure, **{field: CONTACT[field]}))).services


@pytest.mark.parametrize(
    ("fields", "exists"),
    [
        ({}, True),
        ({"confidence": "ældre", "as_of": "2019"}, True),
        ({"confidence": "usikker"}, False),
        ({"status": "inactive"}, False),
        ({"status": "defunct"}, False),
        ({"status": "temporarily closed"}, False),
    ],
)
def test_people_are_sent_to_what_is_open_and_known(fields: dict[str, str], exists: bool) -> None:
    assert service(**fields).exists is exists


@pytest.mark.parametrize("number", ["112", "116 006", "33 17 33 33", "33173333", "+45 33 17 33 33", "+46 8 508 25 000", "1813"])
def test_a_number_that_can_be_called_is_kept_as_it_is_written(number: str) -> None:
    assert service(phones=[{"number": number}]).phones[0].number == number


def test_everything_in_the_vocabulary_may_be_said() -> None:
    full = service(needs=list(NEEDS), for_whom=list(WHOM), languages=list(LANGUAGES))
    assert (full.needs, full.for_whom, full.languages) == (tuple(NEEDS), WHOM, tuple(LANGUAGES))


@pytest.mark.parametrize(("written_as", "year"), [(2021, "2021"), ("2021", "2021"), ("udateret", "udateret")])
def test_a_year_may_be_written_as_a_number(written_as: Any, year: str) -> None:
    assert service(confidence="ældre", as_of=written_as).as_of == year


def test_today_is_not_the_future() -> None:
    today = datetime.now(COPENHAGEN).date()
    assert service(assured_date=today, confirmed={"by": "Mette", "on": today}).assured_date == today


@pytest.mark.parametrize(
    ("fields", "mend"),
    [
        ({"dtend": "2027-02-03 17:00"}, "skal ligge efter dtstart"),
        ({"dtstart": "2027-02-03T17:00:00+01:00"}, "uden tidszone"),
        ({"dtstart": "2027-02-03"}, "uden tidszone"),
        ({"dtstart": "2027-02-30 17:00"}, "skriv dag og klokkeslæt"),
        ({"dtstart": "2027-03-28 02:30", "dtend": "2027-03-28 04:00"}, "uret stilles"),
        ({"dtstart": "2027-10-31 02:30", "dtend": "2027-10-31 04:00"}, "uret stilles"),
        ({"status": "aflyst"}, "skriv et af disse: CONFIRMED, CANCELLED"),
        ({"sequence": "-1"}, "helt tal fra 0"),
        ({"sequence": "true"}, "helt tal fra 0"),
        ({"assured_date": "2999-01-01"}, "ligger i fremtiden"),
        ({"public_name": '""'}, "må ikke være tom"),
    ],
)
def test_a_mistake_in_a_course_says_how_to_mend_it(tmp_path: Path, fields: dict[str, str], mend: str) -> None:
    assert mend in mistake(written(tmp_path / "a.yml", entry("cvr-1@vejviser", COURSE, **fields)))


def test_a_course_is_called_a_course_where_others_may_look() -> None:
    assert course("CVR for sexarbejdere").public_name == "Kursus"


@pytest.mark.parametrize(
    "rule",
    [
        "hver måned",
        "FREQ",
        "INTERVAL=3",
        "FREQ=HOURLY",
        "FREQ=MONTHLY;INTERVAL=0",
        "FREQ=MONTHLY;INTERVAL=-1",
        "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=MONTHLY;BYSETPOS=0",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2",
        "FREQ=MONTHLY;COUNT=1",
        "FREQ=MONTHLY;BYEASTER=1000",
        "FREQ=MONTHLY;BYMONTH=99999999999999999999",
        "DTSTART:20260101",
    ],
)
def test_a_plan_that_never_comes_back_is_refused(tmp_path: Path, rule: str) -> None:
    assert "er ingen gentagelse" in mistake(written(tmp_path / "a.yml", entry("cvr@vejviser", PLAN, rrule=f'"{rule}"')))


@pytest.mark.parametrize("rule", ["FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=WEEKLY;BYDAY=MO,TH"])
def test_a_plan_comes_back(rule: str) -> None:
    assert plan(rrule=rule).rrule == rule
