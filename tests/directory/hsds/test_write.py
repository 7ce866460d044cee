from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory.areas import AREAS
from bot.directory.files import read_folder
from bot.directory.hsds import write
from bot.directory.hsds.read import read_hsds
from bot.directory.hsds.terms import YES_NO
from bot.directory.records import Records, ServiceRecord
from bot.directory.vocabulary import LANGUAGES, NEEDS
from bot.settings import ROOT
from tests.directory.hsds.schemas import SERVICE, SERVICE_IN_LIST

TODAY = date(2026, 11, 21)
BASE: dict[str, Any] = {
    "name": "Huset",
    "organization": "Foreningen",
    "description": "Et hus med mad.",
    "needs": ["mad"],
    "for_whom": ["alle"],
    "confidence": "sikker",
    "source": {"title": "Egen side"},
    "assured_date": "2026-11-20",
}


def record(**fields: Any) -> ServiceRecord:
    return ServiceRecord.model_validate({**BASE, **fields})


def told(**fields: Any) -> dict[str, Any]:
    """What a service with `fields` is exported as."""
    return write.full("huset", record(**fields), TODAY)


def own(service: dict[str, Any]) -> dict[str, str | None]:
    """The values of a service's attributes by code."""
    return {one["taxonomy_term"]["code"]: one.get("value") for one in service["attributes"]}


words = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30).filter(str.strip)
maybe_words = st.none() | words
as_of = st.none() | st.sampled_from(["1999", "2021", "udateret"])
many_words = st.lists(words, max_size=3, unique_by=str.strip)
days = st.dates(date(2000, 1, 1), date(2026, 11, 20))
web = st.none() | st.just("https://eksempel.dk/æ?a=1&b=2#c")
hours = st.sampled_from(["24/7", "Mo-Fr 10:00-15:00; PH off", "Fr 22:00-03:00", "We[1] 10:00-12:00", "off"])
phones = st.fixed_dictionaries(
    {"number": st.sampled_from(["112", "116 006", "33 17 33 33"]), "description": maybe_words, "as_of": as_of},
)
addresses = st.fixed_dictionaries(
    {
        "address_1": maybe_words,
        "postal_code": st.none() | st.just("2200"),
        "city": maybe_words,
        "area": st.sampled_from(AREAS),
        "accessibility": maybe_words,
        "as_of": as_of,
    },
)


@st.composite
def services(draw: st.DrawFn) -> ServiceRecord:
    known = draw(st.sampled_from(["exact", "told", "old", "nothing"]))
    times: dict[str, Any] = {} if known == "nothing" else {"hours_text": draw(words)}
    times |= {"opening_hours": draw(hours)} if known == "exact" else {"hours_as_of": "2020"} if known == "old" else {}
    reached = {
        **times,
        "phones": draw(st.lists(phones, max_size=3)),
        "addresses": draw(st.lists(addresses, max_size=2)),
        "email": draw(maybe_words),
    }
    status, confidence = draw(st.sampled_from(["active", "inactive", "defunct"])), draw(st.sampled_from(["sikker", "ældre", "usikker"]))
    return ServiceRecord.model_validate(
        {
            **(reached if status == "active" and confidence != "usikker" else {}),
            "status": status,
            "confidence": confidence,
            "as_of": "2019" if confidence == "ældre" else None,
            **{name: draw(words) for name in ("name", "organization", "description")},
            **{name: draw(maybe_words) for name in ("note", "fees")},
            **{name: draw(many_words) for name in ("alternate_names", "required_documents")},
            "needs": draw(st.lists(st.sampled_from(list(NEEDS)), min_size=1, max_size=3, unique=True)),
            "for_whom": draw(st.lists(st.sampled_from(["kvinder", "mænd", "trans"]), min_size=1, unique=True)),
            "languages": draw(st.lists(st.sampled_from(list(LANGUAGES)), max_size=3, unique=True)),
            "minimum_age": draw(st.none() | st.integers(0, 17)),
            "maximum_age": draw(st.none() | st.integers(18, 120)),
            **{name: draw(st.none() | st.booleans()) for name in YES_NO},
            "url": draw(web),
            "source": {"title": draw(words), "url": draw(web)},
            "assured_date": draw(days),
            "confirmed": draw(st.none() | st.fixed_dictionaries({"by": words, "on": days})),
        }
    )


names = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True)


@given(st.dictionaries(names, services(), max_size=3))
@settings(deadline=None, max_examples=200)
def test_the_import_of_an_export_changes_nothing(given_services: dict[str, ServiceRecord]) -> None:
    exported = write.dumped(Records(given_services), {}, TODAY)
    assert read_hsds(exported.encode(), Path("ud.json"), TODAY).services == given_services


@given(names, services())
@settings(deadline=None, max_examples=100)
def test_every_service_fits_the_official_schemas(name: str, service: ServiceRecord) -> None:
    modified = datetime(2026, 11, 20, 12, tzinfo=UTC)
    SERVICE.validate(json.loads(json.dumps(write.full(name, service, TODAY, modified, private=True))))
    SERVICE_IN_LIST.validate(write.brief(name, service, modified))


def test_everything_in_our_directory_fits_the_official_schemas_and_comes_back() -> None:
    records = read_folder(ROOT / "data" / "directory")
    exported = write.dumped(records, {}, TODAY)
    for service in json.loads(exported):
        SERVICE.validate(service)
    assert read_hsds(exported.encode(), Path("ud.json"), TODAY).services == records.services


def test_the_schemas_look_into_what_belongs_to_a_service() -> None:
    service = told(phones=[{"number": "112"}])
    service["phones"][0]["id"] = "ingen uuid"
    assert [error.validator for error in SERVICE.iter_errors(service)] == ["format"]


def test_identifiers_stay_the_same() -> None:
    assert told() == told()
    assert told(name="Det nye hus")["id"] == told()["id"] != write.service_id("stuen")


def test_the_fields_of_hsds() -> None:
    service = told(
        alternate_names=["Stuen", "Kælderen"],
        fees="20 kr. for mad.",
        free=False,
        interpreter=True,
        minimum_age=18,
        for_whom=["kvinder", "trans"],
        cpr_required=False,
        languages=["da", "en"],
        required_documents=["Sundhedskort"],
    )
    assert service["alternate_name"] == "Stuen, Kælderen"
    assert service["fees_description"] == "20 kr. for mad."
    assert service["interpretation_services"] == "Der er tolk."
    assert service["eligibility_description"] == "For kvinder og trans. Fra 18 år. Man behøver ikke CPR-nummer eller gult kort."
    assert [(language["code"], language["name"]) for language in service["languages"]] == [("da", "dansk"), ("en", "engelsk")]
    assert [document["document"] for document in service["required_documents"]] == ["Sundhedskort"]
    assert "cost_options" not in service
    assert told(free=True)["cost_options"][0]["amount"] == 0


def test_our_own_words_are_attributes_and_what_nobody_knows_is_left_out() -> None:
    attributes = own(told(anonymous=True, cpr_required=False, for_whom=["kvinder"]))
    assert attributes["anonymous"] == "true"
    assert attributes["cpr_required"] == "false"
    assert attributes["women_only"] == "true"
    assert {"mad", "kvinder", "id"} <= attributes.keys()
    assert not {"walk_in", "interpreter", "residence_required"} & attributes.keys()
    assert "women_only" not in own(told(for_whom=["kvinder", "trans"]))


def test_what_is_old_says_so_wherever_it_stands() -> None:
    service = told(
        confidence="ældre",
        as_of="2019",
        note="Kun om natten.",
        phones=[{"number": "70 20 25 50", "description": "Vagten", "as_of": "udateret"}],
        addresses=[{"area": "Valby", "as_of": "2020"}],
        hours_text="Hver aften",
        hours_as_of="2021",
    )
    assert service["alert"] == "Kun om natten. Oplyst 2019. Ring eller spørg først."
    assert service["phones"][0]["description"] == "Vagten (ældre oplysning, ring eller spørg først)"
    assert service["service_at_locations"][0]["location"]["description"] == "Oplyst 2020. Ring eller spørg først."
    assert service["schedules"][0]["description"] == "Hver aften (2021, ring eller spørg først)"


@pytest.mark.parametrize(
    ("status", "alert"),
    [("defunct", "Findes ikke længere."), ("inactive", "Er ikke åbnet."), ("temporarily closed", "Er lukket for en tid.")],
)
def test_what_is_not_open_says_so(status: str, alert: str) -> None:
    assert told(status=status)["alert"] == alert


def test_a_confirmation_counts_when_it_is_later_and_only_a_private_export_names_the_person() -> None:
    confirmed = record(assured_date="2026-01-01", confirmed={"by": "Mette fra byen", "on": "2026-02-01"})
    assert write.full("huset", confirmed, TODAY)["assured_date"] == "2026-02-01"
    assert "Mette" not in json.dumps(write.full("huset", confirmed, TODAY))
    assert own(write.full("huset", confirmed, TODAY, private=True))["confirmed_by"] == "Mette fra byen"


def test_the_last_change_is_told_in_utc() -> None:
    assert write.brief("huset", record(), datetime(2026, 7, 1, 12, tzinfo=UTC))["last_modified"] == "2026-07-01T12:00:00Z"


@pytest.mark.parametrize(
    ("opening_hours", "rows"),
    [
        ("Mo-Fr 10:00-15:00; PH off", [("MO,TU,WE,TH,FR", "10:00", "15:00")]),
        ("24/7", [("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59")]),
        ("Mo 10:00-12:00,13:00-15:00; We 13:00-15:00", [("MO", "10:00", "12:00"), ("MO,WE", "13:00", "15:00")]),
        ("Fr 22:00-03:00", [("FR", "22:00", "23:59"), ("SA", "00:00", "03:00")]),
        ("Su 22:00-03:00", [("MO", "00:00", "03:00"), ("SU", "22:00", "23:59")]),
    ],
)
def test_opening_hours_are_told_as_an_ordinary_week(opening_hours: str, rows: list[tuple[str, str, str]]) -> None:
    schedules = told(opening_hours=opening_hours, hours_text="Se her.")["schedules"]
    assert [(one["byday"], one["opens_at"], one["closes_at"]) for one in schedules] == rows
    assert {(one["freq"], one["description"]) for one in schedules} == {("WEEKLY", "Se her.")}
    assert all("Europe/Copenhagen" in one["notes"] for one in schedules)
    assert len({one["id"] for one in schedules}) == len(rows)


@pytest.mark.parametrize("opening_hours", ["We[1] 10:00-12:00", "Mo 10:00-12:00; Jul off", "off", "week 1-53/2 Mo 10:00-12:00"])
def test_hours_that_are_not_the_same_each_week_are_told_in_words_only(opening_hours: str) -> None:
    service = told(opening_hours=opening_hours, hours_text="Se her.")
    assert [set(one) for one in service["schedules"]] == [{"id", "service_id", "description"}]
    assert own(service)["opening_hours"] == opening_hours


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2027, 3, 25), date(2027, 3, 28), date(2028, 2, 29)])
def test_public_holidays_and_summer_time_do_not_change_the_ordinary_week(day: date) -> None:
    schedules = write.full("huset", record(opening_hours="Sa,Su 20:00-04:00; PH off", hours_text="Nætter"), day)["schedules"]
    assert [(one["byday"], one["opens_at"], one["closes_at"]) for one in schedules] == [
        ("MO,SU", "00:00", "04:00"),
        ("SA,SU", "20:00", "23:59"),
    ]


def test_an_address_without_a_street_is_a_part_of_the_city() -> None:
    location = told(addresses=[{"area": "Vesterbro"}])["service_at_locations"][0]["location"]
    assert location["name"] == "Vesterbro"
    assert "addresses" not in location
