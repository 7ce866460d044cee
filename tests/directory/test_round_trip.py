"""Whatever a directory holds, its export brings back, byte for byte."""

from __future__ import annotations

import filecmp
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.directory.areas import AREAS
from bot.directory.exchange import export_file, import_file
from bot.directory.fields import TIME_FORMAT
from bot.directory.files import read_file
from bot.directory.records import STATUSES, CourseRecord, PlanRecord, Records, ServiceRecord
from bot.directory.rows import remove, replace
from bot.directory.store import Directory
from bot.directory.vocabulary import LANGUAGES, NEEDS, WHOM

words = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30).filter(str.strip)
maybe_words = st.none() | words
many_words = st.lists(words, max_size=3, unique_by=str.strip)
as_of = st.none() | st.sampled_from(["1999", 2021, "udateret"])
yes_no = st.none() | st.booleans()
web = st.none() | st.just("https://eksempel.dk/æ?a=1&b=2#c")
source = st.fixed_dictionaries({"title": words, "url": web})
days = st.dates(date(2000, 1, 1), date(2026, 11, 20))
confirmed = st.none() | st.fixed_dictionaries({"by": words, "on": days})
phones = st.fixed_dictionaries(
    {"number": st.sampled_from(["112", "116 006", "33 17 33 33", "+45 33173333"]), "description": maybe_words, "as_of": as_of}
)
addresses = st.fixed_dictionaries(
    {
        "address_1": maybe_words,
        "postal_code": st.none() | st.just("0800"),
        "city": maybe_words,
        "area": st.sampled_from(AREAS),
        "accessibility": maybe_words,
        "as_of": as_of,
    }
)
hours = st.sampled_from(
    [{}, {"hours_text": "Nu"}, {"hours_text": "Kl. 7", "hours_as_of": 2020}]
    + [{"hours_text": "Altid", "opening_hours": text} for text in ("24/7", "Mo-Fr 10:00-15:00; PH off", "off")]
)
certain = st.sampled_from([{"confidence": "sikker"}, {"confidence": "ældre", "as_of": 2019}])


def chosen(values: Any) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(list(values)), min_size=1, max_size=4, unique=True)


@st.composite
def services(draw: st.DrawFn) -> ServiceRecord:
    fields: dict[str, Any] = {
        "name": draw(words),
        "alternate_names": draw(many_words),
        "organization": draw(st.sampled_from(["A", "B"]) | words),
        "description": draw(words),
        "note": draw(maybe_words),
        "needs": draw(chosen(NEEDS)),
        "for_whom": draw(chosen(WHOM)),
        "minimum_age": draw(st.none() | st.integers(0, 17)),
        "maximum_age": draw(st.none() | st.integers(18, 120)),
        "languages": draw(st.just([]) | chosen(LANGUAGES)),
        "fees": draw(maybe_words),
        "required_documents": draw(many_words),
        "url": draw(web),
        "source": draw(source),
        "assured_date": draw(days),
        "confirmed": draw(confirmed),
        "status": draw(st.sampled_from(STATUSES)),
        **draw(certain | st.just({"confidence": "usikker"})),
    }
    for name in (
        "anonymous", "free", "cpr_required", "residence_required", "eu_migrants", "walk_in", "interpreter", "reports_to_authorities",
    ):  # fmt: skip
        fields[name] = draw(yes_no)
    if fields["confidence"] != "usikker" and fields["status"] in ("active", "temporarily closed"):
        fields |= draw(hours)
        fields["phones"] = draw(st.lists(phones, max_size=3))
        fields["addresses"] = draw(st.lists(addresses, max_size=2))
        fields["email"] = draw(maybe_words)
    return ServiceRecord.model_validate(fields)


@st.composite
def courses(draw: st.DrawFn) -> CourseRecord:
    # Noon is never an hour in which clocks are changed.
    start = datetime.combine(draw(st.dates(date(2000, 1, 1), date(2100, 1, 1))), datetime.min.time(), UTC) + timedelta(hours=12)
    start += timedelta(minutes=draw(st.integers(0, 59)))
    return CourseRecord.model_validate(
        {
            "summary": draw(words),
            "dtstart": f"{start:{TIME_FORMAT}}",
            "dtend": f"{start + timedelta(minutes=draw(st.integers(1, 600))):{TIME_FORMAT}}",
            "status": draw(st.sampled_from(["CONFIRMED", "CANCELLED"])),
            "sequence": draw(st.integers(0, 9)),
            **draw(st.just({}) | st.fixed_dictionaries({"public_name": words})),
            **{name: draw(maybe_words) for name in ("location", "organizer", "signup")},
            "source": draw(source),
            "assured_date": draw(days),
        }
    )


plans = st.builds(
    lambda **fields: PlanRecord.model_validate(fields),
    summary=words,
    rrule=st.sampled_from(["FREQ=MONTHLY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=-1FR"]),
    contact=words,
    note=maybe_words,
    source=source,
    assured_date=days,
)


@st.composite
def everything(draw: st.DrawFn) -> Records:
    uids = draw(st.lists(st.from_regex(r"[A-Za-z0-9._-]{1,9}@[a-z.]{1,9}", fullmatch=True), max_size=4, unique=True))
    split = draw(st.integers(0, len(uids)))
    return Records(
        draw(st.dictionaries(st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True), services(), max_size=3)),
        {uid: draw(courses()) for uid in uids[:split]},
        {uid: draw(plans) for uid in uids[split:]},
    )


@given(everything())
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_import_of_an_export_changes_nothing(directory: Directory, records: Records) -> None:
    async with directory.session() as session, session.begin():
        await remove(session, (await directory.catalogue()).origins)
        await replace(session, records, origin="files")
    held = await directory.catalogue()
    assert held.records == records
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "a.yml"), Path(folder, "b.yml")
        export_file(held, first)
        assert read_file(first) == records
        async with directory.session() as session, session.begin():
            await import_file(session, first)
        assert await directory.catalogue() is held
        async with directory.session() as session, session.begin():
            await remove(session, held.origins)
            await replace(session, read_file(first), origin="files")
        export_file(await directory.catalogue(), second)
        assert filecmp.cmp(first, second, shallow=False)
