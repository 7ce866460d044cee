from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.directory.assurance import ASSURED_FOR
from bot.directory.cards import course_card, service_card
from bot.settings import COPENHAGEN
from tests.directory.conftest import ALWAYS, course, service

AT = datetime(2026, 11, 20, 12, tzinfo=COPENHAGEN)
OLD: dict[str, Any] = {
    "phones": [{"number": "112", "as_of": 2019}, {"number": "114", "description": "Vagt", "as_of": "udateret"}],
    "addresses": [{"address_1": "Gaden 1", "as_of": 2013}],
    "hours_text": "Kl. 7-13",
    "hours_as_of": 2022,
    "confidence": "ældre",
    "as_of": 2021,
}


def card(at: datetime = AT, area: str | None = None, **fields: Any) -> dict[str, Any]:
    """The card of a service with these fields."""
    return service_card("huset", service(**fields), at, area).as_dict()


def confirmed(at: datetime = AT) -> dict[str, Any]:
    return {"confirmed": {"by": "Mette", "on": at.date()}}


def test_a_service_has_the_fields_of_the_api() -> None:
    assert card(
        phones=[{"number": "33 17 33 33", "description": "Vagten"}],
        addresses=[{"address_1": "Gaden 1", "postal_code": "2500", "city": "Valby", "area": "Valby", "accessibility": "Trappe"}],
        **ALWAYS,
        url="https://huset.dk",
        anonymous=True,
        free=False,
        for_whom=["kvinder", "trans"],
    ) == {
        "id": "huset",
        "name": "Huset",
        "organization": "Foreningen",
        "summary": "Et hus med mad.",
        "address": "Gaden 1, 2500 Valby, Trappe",
        "area": "Valby",
        "phones": [{"number": "33 17 33 33", "note": "Vagten"}],
        "url": "https://huset.dk",
        "open_now": True,
        "hours_text": "Altid.",
        "anonymous": True,
        "free": False,
        "for": ["kvinder", "trans"],
        "checked": "2026-11-20",
    }


def test_what_is_unknown_is_empty_and_never_closed() -> None:
    shown = card()
    assert {shown[name] for name in ("address", "area", "url", "open_now", "hours_text", "anonymous", "free")} == {None}
    assert shown["phones"] == []


def test_a_part_of_the_city_is_an_area_without_an_address() -> None:
    shown = card(addresses=[{"area": "Valby", "accessibility": "Trappe"}])
    assert (shown["area"], shown["address"]) == ("Valby", None)


def test_of_several_addresses_the_nearest_is_shown_and_the_first_to_whoever_asks_for_no_place() -> None:
    addresses = [{"area": "Valby"}, {"address_1": "Gaden 1"}, {"area": "Amager"}]
    assert card(addresses=addresses)["area"] == "Valby"
    assert card(addresses=addresses, area="Christianshavn")["area"] == "Amager"
    assert card(addresses=addresses[1:], area="Valby")["area"] == "Amager"


def test_the_summary_tells_what_to_know_before_going() -> None:
    assert card(
        note="De spørger om CPR",
        languages=["da", "pl", "ro", "en"],
        fees="En seng koster 40 kroner",
        required_documents=["Pas", "Gult kort"],
    )["summary"] == (
        "Et hus med mad. De spørger om CPR. Taler også polsk, rumænsk og engelsk. En seng koster 40 kroner. Tag med: Pas og Gult kort."
    )


@pytest.mark.parametrize("languages", [[], ["da"]])
def test_danish_goes_without_saying(languages: list[str]) -> None:
    assert card(languages=languages)["summary"] == "Et hus med mad."


def test_a_sentence_ends_once() -> None:
    assert card(description="Er du træt?", note="Kom ind.", fees="Gratis")["summary"] == "Er du træt? Kom ind. Gratis."


def test_what_is_old_says_so_where_it_stands() -> None:
    shown = card(**OLD)
    assert [phone["note"] for phone in shown["phones"]] == [
        "(2019, ring eller spørg først)",
        "Vagt (ældre oplysning, ring eller spørg først)",
    ]
    assert shown["address"] == "Gaden 1 (2013, ring eller spørg først)"
    assert shown["hours_text"] == "Kl. 7-13. Oplyst 2022. Ring eller spørg først."
    assert shown["open_now"] is None
    assert shown["summary"] == "Et hus med mad."


@pytest.mark.parametrize(
    ("as_of", "told"), [(2021, "Oplyst 2021. Ring eller spørg først."), ("udateret", "Ældre oplysning. Ring eller spørg først.")]
)
def test_an_old_service_without_hours_is_told_in_its_summary(as_of: int | str, told: str) -> None:
    assert card(confidence="ældre", as_of=as_of)["summary"] == f"Et hus med mad. {told}"


def test_an_old_service_with_hours_that_are_not_dated_is_told_in_its_summary() -> None:
    shown = card(confidence="ældre", as_of=2021, hours_text="Kl. 7-13")
    assert shown["summary"] == "Et hus med mad. Oplyst 2021. Ring eller spørg først."
    assert shown["hours_text"] == "Kl. 7-13."


def test_who_has_asked_the_place_itself_takes_every_caution_away() -> None:
    shown = card(**OLD, **confirmed())
    assert [phone["note"] for phone in shown["phones"]] == [None, "Vagt"]
    assert (shown["address"], shown["hours_text"], shown["summary"]) == ("Gaden 1", "Kl. 7-13.", "Et hus med mad.")
    assert shown["checked"] == "2026-11-20"


def test_cautions_come_back_when_that_is_too_long_ago() -> None:
    last, after = AT + ASSURED_FOR, AT + ASSURED_FOR + timedelta(days=1)
    assert card(**OLD, **confirmed(), at=last)["address"] == "Gaden 1"
    assert card(**OLD, **confirmed(), at=after)["address"] == "Gaden 1 (2013, ring eller spørg først)"


def test_what_nobody_has_looked_at_for_half_a_year_says_when_it_was_and_to_call_first() -> None:
    day = AT + ASSURED_FOR + timedelta(days=1)
    assert card(at=day - timedelta(days=1))["summary"] == "Et hus med mad."
    assert card(at=day)["summary"] == "Et hus med mad. Sidst tjekket 20. november 2026. Ring eller spørg først."
    # A year that was told is the older of the two.
    assert card(at=day, confidence="ældre", as_of=2021)["summary"] == "Et hus med mad. Oplyst 2021. Ring eller spørg først."


def test_a_confirmation_is_the_last_look_though_the_text_is_older_or_newer() -> None:
    look = {"confirmed": {"by": "Mette", "on": "2026-11-19"}}
    assert card(assured_date="2026-11-01", **look)["checked"] == "2026-11-19"
    assert card(assured_date="2026-11-20", **look)["checked"] == "2026-11-20"


def test_a_course_has_the_fields_of_the_api() -> None:
    assert course_card("cvr-1@vejviser", course(location="Rådhuset", status="CANCELLED", public_name="Kursus")).as_dict() == {
        "id": "cvr-1@vejviser",
        "title": "Kursus om CVR",
        "start": "2027-02-03T17:00:00+01:00",
        "end": "2027-02-03T19:30:00+01:00",
        "place": "Rådhuset",
        "organizer": None,
        "signup": None,
        "cancelled": True,
        "checked": "2026-11-20",
    }
