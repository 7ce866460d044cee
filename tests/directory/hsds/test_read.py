from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.hsds import write
from bot.directory.hsds.incoming import Defaults
from bot.directory.hsds.read import read_hsds
from bot.directory.records import Records, ServiceRecord, SourceRecord
from bot.topics.yaml_file import ContentError
from tests.directory.hsds.schemas import SERVICE
from tests.directory.hsds.test_write import record

TODAY = date(2026, 11, 21)
PATH = Path("fremmed.json")
OURS = Defaults(needs=("mad",), for_whom=("alle",), source=SourceRecord(title="Byens steder", url="https://steder.example"))
UUID = "ac148810-d857-441c-9679-408f346de14b"
OTHER = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"


def foreign(**fields: Any) -> dict[str, Any]:
    """A service of another directory."""
    return {
        "id": UUID,
        "name": "Café Åen",
        "status": "active",
        "description": "<p>Et sted med <b>kaffe</b> &amp; ro.</p>",
        "organization": {"id": OTHER, "name": "Foreningen", "description": "En forening"},
        "assured_date": "2026-10-01",
        **fields,
    }


def read(data: Any, defaults: Defaults = OURS) -> dict[str, ServiceRecord]:
    return read_hsds(json.dumps(data, ensure_ascii=False).encode(), PATH, TODAY, defaults).services


def one(**fields: Any) -> ServiceRecord:
    return read(foreign(**fields))["cafe-aaen"]


def mistakes(data: Any, defaults: Defaults = OURS) -> list[tuple[int, str, str]]:
    with pytest.raises(ContentError) as error:
        read_hsds(data if isinstance(data, bytes) else json.dumps(data).encode(), PATH, TODAY, defaults)
    return [(problem.line, problem.field, problem.mend) for problem in error.value.problems]


def weekly(byday: str, opens: str, closes: str, **others: Any) -> dict[str, Any]:
    return {"id": OTHER, "freq": "WEEKLY", "byday": byday, "opens_at": opens, "closes_at": closes, **others}


def test_a_foreign_service_is_read() -> None:
    service = foreign(
        alternate_name="Caféen",
        url="https://aaen.example",
        email="hej@aaen.example",
        minimum_age=18.0,
        fees_description="Kaffe koster 5 kr.",
        alert="Lukket i juli.",
        phones=[{"id": OTHER, "number": "33 17 33 33", "description": "Baren"}],
        languages=[{"id": OTHER, "code": "EN"}, {"id": UUID, "code": "xx"}],
        cost_options=[{"id": OTHER, "amount": 0}],
        required_documents=[{"id": OTHER, "document": "Kort"}],
        service_at_locations=[
            {
                "id": OTHER,
                "location": {
                    "id": OTHER,
                    "location_type": "physical",
                    "accessibility": [{"id": OTHER, "description": "Ingen trin."}],
                    "addresses": [
                        {
                            "id": OTHER,
                            "address_1": "Prøvegade 1",
                            "city": "København V",
                            "state_province": "",
                            "postal_code": "1650",
                            "country": "DK",
                            "address_type": "physical",
                        }
                    ],
                },
            }
        ],
    )
    SERVICE.validate(service)
    assert read(service) == {
        "cafe-aaen": ServiceRecord.model_validate(
            {
                "name": "Café Åen",
                "alternate_names": ["Caféen"],
                "organization": "Foreningen",
                "description": "Et sted med kaffe & ro.",
                "note": "Lukket i juli.",
                "needs": ["mad"],
                "for_whom": ["alle"],
                "minimum_age": 18,
                "languages": ["en"],
                "fees": "Kaffe koster 5 kr.",
                "free": True,
                "required_documents": ["Kort"],
                "confidence": "sikker",
                "phones": [{"number": "33 17 33 33", "description": "Baren"}],
                "addresses": [
                    {
                        "address_1": "Prøvegade 1",
                        "postal_code": "1650",
                        "city": "København V",
                        "area": "Vesterbro",
                        "accessibility": "Ingen trin.",
                    }
                ],
                "url": "https://aaen.example",
                "email": "hej@aaen.example",
                "source": {"title": "Byens steder", "url": "https://steder.example"},
                "assured_date": "2026-10-01",
            }
        )
    }


@pytest.mark.parametrize("wrap", [lambda one: one, lambda one: [one], lambda one: {"contents": [one]}, lambda one: {"services": [one]}])
def test_one_service_a_list_and_a_page_are_read_alike(wrap: Any) -> None:
    assert read(wrap(foreign())) == {"cafe-aaen": one()}


def test_a_page_without_services_holds_nothing() -> None:
    assert read({"contents": [], "empty": True}) == {}


def test_a_file_of_ours_needs_nothing_said_of_it() -> None:
    ours = Records({"huset": record(anonymous=True)})
    assert read_hsds(write.dumped(ours, {}, TODAY).encode(), PATH, TODAY) == ours


def test_what_the_public_api_gives_is_read_as_ours() -> None:
    assert read(write.full("huset", record(phones=[{"number": "112", "as_of": "2020"}]), TODAY), Defaults()) == {
        "huset": record(phones=[{"number": "112", "as_of": "2020"}])
    }


def test_namesakes_get_ids_that_do_not_depend_on_their_order() -> None:
    two = [foreign(), foreign(id=OTHER)]
    assert read(two).keys() == read(two[::-1]).keys() == {"cafe-aaen-ac148810", "cafe-aaen-d9d5e0f5"}


def test_an_id_of_another_source_is_not_taken_over() -> None:
    taken = Defaults(needs=("mad",), for_whom=("alle",), taken=frozenset({"cafe-aaen", "huset"}))
    assert read(foreign(), taken).keys() == {"cafe-aaen-ac148810"}
    assert mistakes(write.full("huset", record(), TODAY), taken) == [(1, "", "huset findes allerede fra en anden kilde")]


@pytest.mark.parametrize(
    ("dates", "confidence", "as_of"),
    [
        ({"assured_date": "2025-06-01"}, "sikker", None),
        ({"assured_date": "2025-05-01"}, "ældre", "2025"),
        ({"assured_date": None, "last_modified": "2026-03-15T10:30:45.123Z"}, "sikker", None),
        ({"assured_date": "2019-01-01", "last_modified": "2026-03-15T10:30:45Z"}, "ældre", "2019"),
    ],
)
def test_what_was_told_more_than_18_months_ago_is_old(dates: dict[str, Any], confidence: str, as_of: str | None) -> None:
    service = one(**dates)
    assert (service.confidence, service.as_of) == (confidence, as_of)


@pytest.mark.parametrize("status", ["defunct", "inactive"])
def test_a_place_that_is_not_open_is_known_by_name_only(status: str) -> None:
    service = one(status=status, phones=[{"id": OTHER, "number": "112"}], schedules=[weekly("MO", "10:00", "12:00")])
    assert (service.phones, service.hours_text, service.status) == ((), None, status)


def test_numbers_are_found_wherever_they_stand_and_once() -> None:
    place = {"id": OTHER, "phones": [{"id": OTHER, "number": "112"}], "location": {"phones": [{"number": "114"}]}}
    service = one(phones=[{"id": OTHER, "number": "112"}, {"number": "116 006", "type": "fax"}], service_at_locations=[place])
    assert [phone.number for phone in service.phones] == ["112", "114"]


@pytest.mark.parametrize(
    ("schedules", "opening_hours", "hours_text"),
    [
        ([weekly("MO,TU,WE", "10:00", "15:00")], "Mo-We 10:00-15:00", "Mandag til onsdag kl. 10.00-15.00."),
        ([weekly("MO,WE", "10:00:00", "15:00:00+01:00", description="Dage")], "Mo 10:00-15:00; We 10:00-15:00", "Dage"),
        ([weekly("FR", "22:00", "03:00")], "Fr 22:00-03:00", "Fredag kl. 22.00-03.00."),
        ([weekly("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59")], "24/7", "Mandag til søndag kl. 00.00-24.00."),
        (
            [weekly("SA", "22:00", "23:59"), weekly("SU", "00:00", "02:00")],
            "Sa 22:00-24:00; Su 00:00-02:00",
            "Lørdag kl. 22.00-24.00. Søndag kl. 00.00-02.00.",
        ),
        ([weekly("MO", "10:00", "12:00"), weekly("MO", "13:00", "15:00", description="Mandag")], "Mo 10:00-12:00,13:00-15:00", "Mandag"),
        ([weekly("MO", "10:00", "12:00", valid_to="2020-01-01")], None, None),
        ([weekly("MO", "10:00", "12:00", valid_from="2030-01-01")], None, None),
        ([weekly("MO", "10:00Z", "12:00Z", description="Mandag")], None, "Mandag"),
        ([weekly("MO", "10:00", "12:00", timezone=0, description="Mandag")], None, "Mandag"),
        ([weekly("MO", "10:00", "12:00", interval=2, description="Hver anden mandag")], None, "Hver anden mandag"),
        ([{"id": OTHER, "freq": "MONTHLY", "byday": "1MO", "opens_at": "10:00", "closes_at": "12:00"}], None, None),
        ([{"id": OTHER, "description": "Ring og hør"}, weekly("MO", "10:00", "12:00")], None, "Ring og hør"),
    ],
)
def test_weekly_rows_become_opening_hours(schedules: list[dict[str, Any]], opening_hours: str | None, hours_text: str | None) -> None:
    service = one(schedules=schedules)
    assert (service.opening_hours, service.hours_text) == (opening_hours, hours_text)


def test_the_hours_of_the_only_place_are_the_services() -> None:
    place = {"id": OTHER, "location": {"schedules": [weekly("MO", "10:00", "12:00")]}}
    assert one(service_at_locations=[place]).opening_hours == "Mo 10:00-12:00"
    assert one(service_at_locations=[place, place]).opening_hours is None


def test_a_long_description_is_told_by_its_first_sentences() -> None:
    first = "Kom ind og få kaffe. Her er også varme."
    assert one(description=f"{first} {'Mange ord er der nu. ' * 9}").description.startswith(first)
    assert one(description="ord " * 40).description == f"{'ord ' * 24}ord…"


@pytest.mark.parametrize(
    ("fields", "pointer", "mend"),
    [
        ({"id": "12"}, "/contents/1/id", "skal være et UUID, fx 5c4d79d7-cc55-470e-9f1f-8cad074e4892"),
        ({"name": 7}, "/contents/1/name", "skal være tekst"),
        ({"name": ""}, "/contents/1/name", "må ikke være tom"),
        ({"organization": None}, "/contents/1/organization", "skal være et objekt"),
        ({"phones": {"number": "112"}}, "/contents/1/phones", "skal være en liste"),
        ({"phones": [{"number": "112"}, {}]}, "/contents/1/phones/1/number", "mangler"),
        ({"minimum_age": "atten"}, "/contents/1/minimum_age", "skal være et tal"),
        ({"minimum_age": 17.5}, "/contents/1/minimum_age", "skriv alderen som et helt tal, fx 18"),
        ({"minimum_age": 20, "maximum_age": 18}, "/contents/1/maximum_age", "er mindre end minimum_age"),
        ({"assured_date": "i går"}, "/contents/1/assured_date", "skriv datoen som 2026-11-20"),
        ({"status": "open"}, "/contents/1/status", "skriv et af disse: active, inactive, defunct, temporarily closed"),
        ({"url": "aaen.example"}, "/contents/1/url", "adressen skal begynde med https:// eller http://"),
        (
            {"phones": [{"number": "112"}, {"number": "12 34"}]},
            "/contents/1/phones/1/number",
            'er ikke et telefonnummer; skriv otte cifre, fx "33 17 33 33", eller et kort nummer som "112"',
        ),
        (
            {"assured_date": None},
            "/contents/1",
            "der står ikke, hvornår oplysningerne er fra; tilføj assured_date eller last_modified",
        ),
        (
            {"schedules": [weekly("MO", "10:00", "12:00"), weekly("MO", "11:00", "13:00")]},
            "/contents/1/schedules",
            "to tidsrum overlapper hinanden",
        ),
        ({"id": OTHER, "name": "Anden"}, "/contents/1", f"id {OTHER} står to gange"),
    ],
)
def test_a_mistake_is_told_with_its_pointer(fields: dict[str, Any], pointer: str, mend: str) -> None:
    page = {"contents": [foreign(id=OTHER, name="Første"), foreign(**fields)]}
    assert mistakes(page) == [(1, pointer, mend)]


def test_every_mistake_is_told_with_the_line_of_its_service() -> None:
    page = [foreign(id=OTHER, name="Første", url="x"), foreign(status="x", phones=[{"number": "x"}])]
    text = json.dumps(page, indent=1).encode()
    line = text[: text.index(UUID.encode())].count(b"\n") + 1
    assert [(number, pointer) for number, pointer, _ in mistakes(text)] == [
        (3, "/0/url"),
        (line, "/1/status"),
        (line, "/1/phones/0/number"),
    ]


def test_a_foreign_service_needs_our_words_for_what_it_is() -> None:
    assert [pointer for _, pointer, mend in mistakes(foreign(), Defaults()) if "needs" in mend] == [""]


def test_a_date_to_come_is_refused() -> None:
    assert [pointer for _, pointer, _ in mistakes(foreign(assured_date="2999-01-01"))] == ["/assured_date"]


@pytest.mark.parametrize(
    ("content", "line", "mend"),
    [
        (b'{"id":\n 1,,}', 2, "JSON kan ikke læses"),
        (b"", 1, "JSON kan ikke læses"),
        (b'"\xff"', 1, "ikke UTF-8"),
        (b"[" * 100_000, 1, "for mange lag"),
        (b"1" * 5_000, 1, "for store tal"),
        (b"7", 1, "HSDS 3.0"),
        (b"{}", 1, "HSDS 3.0"),
        (b'{"contents": {}}', 1, "HSDS 3.0"),
        (b'["hej"]', 1, "skal være et objekt"),
    ],
)
def test_what_is_no_hsds(content: bytes, line: int, mend: str) -> None:
    ((told_line, _, told),) = mistakes(content)
    assert told_line == line
    assert mend in told


def mends(content: bytes) -> list[str]:
    """What is said of `content`; nothing when it can be read."""
    try:
        read_hsds(content, PATH, TODAY, OURS)
    except ContentError as error:
        return [problem.mend for problem in error.problems]
    return []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "name", "phones", "location", "number"]), inner, max_size=2)
    ),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(sorted({*foreign(), "phones", "schedules", "service_at_locations", "attributes", "minimum_age"})), json_values
    )
)
def test_whatever_stands_there_is_read_or_refused_with_a_reason(fields: dict[str, Any]) -> None:
    content = json.dumps(foreign(**fields)).encode()
    assert all(mends(content))
