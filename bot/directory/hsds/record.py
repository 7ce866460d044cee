"""The fields of a record, out of an HSDS service."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.directory.areas import area_in
from bot.directory.hsds.incoming import Defaults, Location, age, shortened, source_of
from bot.directory.hsds.model import AddressPart, AttributePart, LocationPart, PhonePart, SchedulePart, ServicePart
from bot.directory.hsds.terms import YES_NO, said
from bot.directory.hsds.week import DAYS, Row, opening_hours
from bot.directory.hsds.week import told as in_words
from bot.directory.vocabulary import LANGUAGES

Fields = dict[str, Any]

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::\d\d(?:\.\d+)?)?(?:\+0[12]:?00)?")
_COPENHAGENS_OFFSETS = (None, 1, 2)
_LAST_MINUTE = "23:59"
_NOT_TO_CALL = ("fax", "pager")
# Where a record's field comes from, when it is called something else there.
_POINTERS = {
    "organization": "/organization/name",
    "alternate_names": "/alternate_name",
    "fees": "/fees_description",
    "addresses": "/service_at_locations",
    "opening_hours": "/schedules",
    "hours_text": "/schedules",
    "source": "",
    "as_of": "",
    "confidence": "",
    "needs": "",
    "for_whom": "",
    "note": "/alert",
    "confirmed": "",
    "hours_as_of": "/schedules",
}


def id_of(part: ServicePart) -> str | None:
    """The service's id when it is an export of ours."""
    return _one(part.attributes, "id")


def own_fields(part: ServicePart) -> Fields:
    """The record that was exported as `part`."""
    told = said(part.attributes)
    fields = {code: values[0] for code, values in told["fields"].items()}
    confirmed = {"by": fields.get("confirmed_by"), "on": fields.get("confirmed_on")} if "confirmed_by" in fields else None
    return {
        **_common(part),
        **{code: fields.get(code) for code in (*YES_NO, "note", "confidence", "as_of", "opening_hours", "hours_as_of")},
        "alternate_names": told["fields"].get("alternate_names", []),
        "needs": list(told["needs"]),
        "for_whom": list(told["for_whom"]),
        "languages": [language.code for language in part.languages],
        "description": part.description,
        "fees": part.fees_description,
        "hours_text": fields.get("hours_text") or (part.schedules[0].description if part.schedules else None),
        "assured_date": fields.get("assured_date") or part.assured_date,
        "source": {"title": fields.get("source_title"), "url": fields.get("source_url")},
        "confirmed": confirmed,
        "phones": [_own_phone(phone) for phone in part.phones],
        "addresses": [_own_address(place.location) for place in part.service_at_locations if place.location],
    }


def foreign_fields(part: ServicePart, file: str, today: date, defaults: Defaults) -> Fields:
    """What a record holds of another directory's service. A place that is not open is known by name only."""
    words = said(part.attributes)
    told = part.assured_date or part.last_modified
    known = {**_reached(part), **_hours(part, today)} if part.status not in ("inactive", "defunct") else {}
    return {
        **_common(part),
        **known,
        **(age(told, today) if told else {}),
        "alternate_names": [part.alternate_name] if part.alternate_name else [],
        "description": shortened(part.description),
        "note": part.alert and shortened(part.alert),
        "fees": part.fees_description and shortened(part.fees_description),
        "free": _free(part),
        "needs": list(words["needs"]) or defaults.needs,
        "for_whom": list(words["for_whom"]) or defaults.for_whom,
        "languages": list(dict.fromkeys(code for one in part.languages if (code := (one.code or "").lower()) in LANGUAGES)),
        "assured_date": told,
        "source": source_of(defaults, file),
    }


def pointer_of(place: Location, part: ServicePart) -> str:
    """Where in the service the mistake at `place` of its record stands, as a JSON pointer."""
    field = str(place[0]) if place else ""
    if field == "phones" and len(place) > 1:
        pointers = [f"/phones/{number}" for number in range(len(part.phones))] if id_of(part) else [pointer for pointer, _ in _phones(part)]
        return f"{pointers[int(place[1])]}/number"
    return _POINTERS.get(field, f"/{field}" if field in ServicePart.model_fields else "")


def _common(part: ServicePart) -> Fields:
    return {
        "name": part.name,
        "organization": part.organization.name,
        "status": part.status,
        "minimum_age": _whole(part.minimum_age),
        "maximum_age": _whole(part.maximum_age),
        "required_documents": list(dict.fromkeys(one.document for one in part.required_documents if one.document)),
        "url": part.url,
        "email": part.email,
    }


def _own_phone(phone: PhonePart) -> Fields:
    as_of = _one(phone.attributes, "as_of")
    description = _one(phone.attributes, "description") if as_of else phone.description
    return {"number": phone.number, "description": description, "as_of": as_of}


def _own_address(location: LocationPart) -> Fields:
    address = location.addresses[0] if location.addresses else AddressPart()
    return {
        "address_1": address.address_1,
        "postal_code": address.postal_code,
        "city": address.city,
        "area": _one(location.attributes, "area"),
        "accessibility": location.accessibility[0].description if location.accessibility else None,
        "as_of": _one(location.attributes, "as_of"),
    }


def _reached(part: ServicePart) -> Fields:
    """Numbers and addresses; an organization's own are not the service's."""
    places = [place.location for place in part.service_at_locations if place.location]
    return {
        "phones": [{"number": phone.number, "description": phone.description} for _, phone in _phones(part)],
        "addresses": [address for place in places if (address := _foreign_address(place))],
    }


def _phones(part: ServicePart) -> list[tuple[str, PhonePart]]:
    """The numbers to call, each once, with their pointers."""
    phones = [(f"/phones/{number}", phone) for number, phone in enumerate(part.phones)]
    for number, place in enumerate(part.service_at_locations):
        pointer = f"/service_at_locations/{number}"
        phones += [(f"{pointer}/phones/{index}", phone) for index, phone in enumerate(place.phones)]
        in_place = place.location.phones if place.location else ()
        phones += [(f"{pointer}/location/phones/{index}", phone) for index, phone in enumerate(in_place)]
    first: dict[str, tuple[str, PhonePart]] = {}
    for pointer, phone in phones:
        if phone.type not in _NOT_TO_CALL:
            first.setdefault(phone.number, (pointer, phone))
    return list(first.values())


def _foreign_address(location: LocationPart) -> Fields | None:
    address = next((one for one in location.addresses if one.address_type in (None, "physical")), None)
    if address is None or location.location_type not in (None, "physical"):
        return None
    area = area_in(f"{address.region or ''} {address.city or ''}")
    if not (address.address_1 or area):
        return None
    access = " ".join(one.description for one in location.accessibility if one.description)
    return {
        "address_1": address.address_1,
        "postal_code": address.postal_code,
        "city": address.city,
        "area": area,
        "accessibility": shortened(access) if access else None,
    }


def _hours(part: ServicePart, today: date) -> Fields:
    """The hours where the service, or its only place, has some: for a machine when they are the same each week, else in words."""
    places = [[*place.schedules, *(place.location.schedules if place.location else ())] for place in part.service_at_locations]
    schedules = [one for one in part.schedules or (places[0] if len(places) == 1 else ()) if _is_valid(one, today)]
    rows = [_row(one) for one in schedules]
    weekly = [row for row in rows if row]
    told = " ".join(dict.fromkeys(one.description for one in schedules if one.description))
    if not weekly or len(weekly) < len(rows):
        return {"hours_text": told}
    return {"opening_hours": opening_hours(weekly), "hours_text": told or in_words(weekly)}


def _is_valid(schedule: SchedulePart, today: date) -> bool:
    last = min((day for day in (schedule.valid_to, schedule.until) if day), default=today)
    return (schedule.valid_from or today) <= today <= last


def _row(schedule: SchedulePart) -> Row | None:
    """A row of every week; None when it is more than that, or its clock is not Copenhagen's."""
    beyond = (schedule.byweekno, schedule.bymonthday, schedule.byyearday, schedule.count)
    if schedule.freq != "WEEKLY" or schedule.interval not in (None, 1) or any(part is not None for part in beyond):
        return None
    opens, closes = (_TIME.fullmatch(clock or "") for clock in (schedule.opens_at, schedule.closes_at))
    days = [day.strip() for day in (schedule.byday or "").split(",")]
    if not (opens and closes) or schedule.timezone not in _COPENHAGENS_OFFSETS or not set(days) <= set(DAYS):
        return None
    end = f"{closes[1]}:{closes[2]}"
    return Row(
        tuple(sorted({DAYS.index(day) for day in days})), f"{opens[1]}:{opens[2]}", "24:00" if end in (_LAST_MINUTE, "00:00") else end
    )


def _free(part: ServicePart) -> bool | None:
    amounts = [cost.amount for cost in part.cost_options]
    return None if not amounts or None in amounts else not any(amounts)


def _one(attributes: Sequence[AttributePart], code: str) -> str | None:
    """What one of our own fields says."""
    values: Mapping[str, list[str]] = said(attributes)["fields"]
    return values.get(code, [""])[0] or None


def _whole(number: float | None) -> float | int | None:
    return int(number) if number is not None and number.is_integer() else number
