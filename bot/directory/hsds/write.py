"""Services as Open Referral HSDS 3.0 JSON (https://docs.openreferral.org). What HSDS has no field for stands in attributes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from bot.directory.assurance import checked_on
from bot.directory.hsds.terms import YES_NO, attribute, uuid
from bot.directory.hsds.week import DAYS, ordinary_week
from bot.directory.records import AddressRecord, PhoneRecord, Records, ServiceRecord
from bot.directory.told import listed
from bot.directory.vocabulary import LANGUAGES

Json = dict[str, Any]

_CLOSED = {
    "inactive": "Er ikke åbnet.",
    "defunct": "Findes ikke længere.",
    "temporarily closed": "Er lukket for en tid.",
}


def service_id(name: str) -> str:
    """The HSDS identifier of our service `name`."""
    return uuid("service", name)


def organization_id(name: str) -> str:
    """The HSDS identifier of the organization `name`."""
    return uuid("organization", name)


def moment(at: datetime) -> str:
    """`at`, which has a time zone, as HSDS' `date-time` in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def brief(name: str, record: ServiceRecord, modified: datetime | None = None) -> Json:
    """What lists tell of a service: its own fields and its organization (`schema/compiled/service_list.json`)."""
    organization = {"id": organization_id(record.organization), "name": record.organization, "description": record.organization}
    found = {
        "id": service_id(name),
        "organization_id": organization["id"],
        "name": record.name,
        "alternate_name": ", ".join(record.alternate_names),
        "description": record.description,
        "url": record.url,
        "email": record.email,
        "status": record.status,
        "interpretation_services": _by_answer(record.interpreter, "Der er tolk.", "Der er ingen tolk."),
        "fees_description": record.fees,
        "eligibility_description": _eligibility(record),
        "minimum_age": record.minimum_age,
        "maximum_age": record.maximum_age,
        "assured_date": checked_on(record).isoformat(),
        "alert": " ".join(filter(None, (_CLOSED.get(record.status), record.note, _caution(record.as_of)))),
        "last_modified": moment(modified) if modified else None,
    }
    return {**_without_empty(found), "organization": organization}


def full(name: str, record: ServiceRecord, today: date, modified: datetime | None = None, *, private: bool = False) -> Json:
    """All of a service (`schema/service.json`), opening hours as they are in the year from `today`.

    Only what is `private` names the person who confirmed it.
    """
    nested = {
        "phones": [_phone(service_id(name), number, phone) for number, phone in enumerate(record.phones)],
        "schedules": _schedules(service_id(name), record, today),
        "service_at_locations": [_place(service_id(name), number, address) for number, address in enumerate(record.addresses)],
        "languages": [
            {"id": uuid("language", name, code), "service_id": service_id(name), "code": code, "name": LANGUAGES[code]}
            for code in record.languages
        ],
        "cost_options": [_no_cost(service_id(name))] if record.free else [],
        "required_documents": [
            {"id": uuid("document", name, document), "service_id": service_id(name), "document": document}
            for document in record.required_documents
        ],
        "attributes": _attributes(name, record, private=private),
    }
    return brief(name, record, modified) | {field: parts for field, parts in nested.items() if parts}


def dumped(records: Records, modified: Mapping[str, datetime], today: date) -> str:
    """All services in order of their ids, as one JSON list for `bot.directory.hsds.read` to read without a difference."""
    services = [full(name, record, today, modified.get(name), private=True) for name, record in sorted(records.services.items())]
    return json.dumps(services, ensure_ascii=False, indent=2) + "\n"


def _eligibility(record: ServiceRecord) -> str:
    ages = {
        (True, True): f"Fra {record.minimum_age} til og med {record.maximum_age} år.",
        (True, False): f"Fra {record.minimum_age} år.",
        (False, True): f"Til og med {record.maximum_age} år.",
    }.get((record.minimum_age is not None, record.maximum_age is not None))
    conditions = (
        f"For {listed(record.for_whom)}.",
        ages,
        _by_answer(record.cpr_required, "Man skal have CPR-nummer eller gult kort.", "Man behøver ikke CPR-nummer eller gult kort."),
        _by_answer(record.residence_required, "Man skal have opholdstilladelse.", "Man behøver ikke opholdstilladelse."),
        _by_answer(record.eu_migrants, "Også for migranter fra EU.", "Ikke for migranter fra EU."),
    )
    return " ".join(filter(None, conditions))


def _phone(service: str, number: int, phone: PhoneRecord) -> Json:
    link = uuid("phone", service, str(number))
    attributes = [attribute("phone", link, "fields", "as_of", phone.as_of)] if phone.as_of else []
    if phone.as_of and phone.description:
        attributes.append(attribute("phone", link, "fields", "description", phone.description))
    described = " ".join(filter(None, (phone.description, _bracketed(phone.as_of))))
    found = {"id": link, "service_id": service, "number": phone.number, "type": "voice", "description": described, "attributes": attributes}
    return _without_empty(found)


def _place(service: str, number: int, address: AddressRecord) -> Json:
    link, location = uuid("service_at_location", service, str(number)), uuid("location", service, str(number))
    told = {"as_of": address.as_of, "area": address.area}
    found = {
        "id": location,
        "location_type": "physical",
        "name": address.address_1 or address.area,
        "description": _caution(address.as_of),
        "addresses": [_address(location, address)] if address.address_1 or address.postal_code or address.city else [],
        "accessibility": (
            [{"id": uuid("accessibility", location), "location_id": location, "description": address.accessibility}]
            if address.accessibility
            else []
        ),
        "attributes": [attribute("location", location, "fields", code, value) for code, value in told.items() if value],
    }
    return {"id": link, "service_id": service, "location_id": location, "location": _without_empty(found)}


def _address(location: str, address: AddressRecord) -> Json:
    # HSDS demands every one of these, and takes an empty text for what nobody knows. Our areas all lie in one region.
    found = {
        "id": uuid("address", location),
        "location_id": location,
        "address_1": address.address_1 or "",
        "city": address.city or "",
        "state_province": "Hovedstaden" if address.area else "",
        "postal_code": address.postal_code or "",
        "country": "DK",
        "address_type": "physical",
    }
    return found | ({"region": address.area} if address.area else {})


def _schedules(service: str, record: ServiceRecord, today: date) -> list[Json]:
    if not record.hours_text:
        return []
    described = {"service_id": service, "description": " ".join(filter(None, (record.hours_text, _bracketed(record.hours_as_of))))}
    rows = ordinary_week(record.opening_hours, today) if record.opening_hours else ()
    if not rows:
        return [{"id": uuid("schedule", service, "0"), **described}]
    # An offset would be wrong half the year, and HSDS knows no zones that change: the notes say which clock is meant.
    return [
        {
            "id": uuid("schedule", service, str(number)),
            **described,
            "freq": "WEEKLY",
            "byday": ",".join(DAYS[day] for day in row.days),
            "opens_at": row.opens,
            # "24h opening" in HSDS' field guidance: there is no 24:00.
            "closes_at": "23:59" if row.closes == "24:00" else row.closes,
            "notes": "Dansk tid (Europe/Copenhagen). Kan være anderledes på helligdage.",
        }
        for number, row in enumerate(rows)
    ]


def _no_cost(service: str) -> Json:
    return {"id": uuid("cost_option", service), "service_id": service, "amount": 0, "currency": "DKK", "amount_description": "Gratis"}


def _attributes(name: str, record: ServiceRecord, *, private: bool) -> list[Json]:
    confirmed = record.confirmed if private else None
    fields = {
        "id": name,
        "note": record.note,
        "confidence": record.confidence,
        "as_of": record.as_of,
        "opening_hours": record.opening_hours,
        "hours_text": record.hours_text if record.hours_as_of else None,
        "hours_as_of": record.hours_as_of,
        "source_title": record.source.title,
        "source_url": record.source.url,
        "assured_date": record.assured_date.isoformat() if confirmed else None,
        "confirmed_by": confirmed.by if confirmed else None,
        "confirmed_on": confirmed.on.isoformat() if confirmed else None,
        "women_only": "true" if record.for_whom == ("kvinder",) else None,
        **{field: _by_answer(getattr(record, field), "true", "false") for field in YES_NO},
    }
    words: list[tuple[str, str, str | None]] = [
        *(("needs", need, None) for need in record.needs),
        *(("for_whom", whom, None) for whom in record.for_whom),
        *(("fields", "alternate_names", alternate) for alternate in record.alternate_names),
        *(("fields", field, value) for field, value in fields.items() if value is not None),
    ]
    return [attribute("service", service_id(name), taxonomy, code, value) for taxonomy, code, value in words]


def _caution(as_of: str | None) -> str | None:
    if as_of is None:
        return None
    told = "Ældre oplysning." if as_of == "udateret" else f"Oplyst {as_of}."
    return f"{told} Ring eller spørg først."


def _bracketed(as_of: str | None) -> str | None:
    if as_of is None:
        return None
    return f"({'ældre oplysning' if as_of == 'udateret' else as_of}, ring eller spørg først)"


def _by_answer(answer: bool | None, yes: str, no: str) -> str | None:
    return None if answer is None else yes if answer else no


def _without_empty(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}
