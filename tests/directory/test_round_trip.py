import filecmp
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory.areas import AREAS
from bot.directory.files import export_file, import_file, read_file
from bot.directory.records import TIME_FORMAT, CourseRecord, Records, ServiceRecord
from bot.directory.rows import all_records, replace
from bot.directory.store import Directory

words = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30).filter(str.strip)
maybe_words = st.none() | words
as_of = st.none() | st.sampled_from(["1999", "2021", "udateret"])
yes_no = st.none() | st.booleans()
web = st.none() | st.just("https://eksempel.dk/æ?a=1&b=2#c")
source = st.builds(lambda title, url: {"title": title, "url": url}, words, web)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@st.composite
def services(draw: st.DrawFn) -> ServiceRecord:
    hours = draw(st.sampled_from([{}, {"opening_hours": "Mo-Fr 10:00-15:00; PH off"}, {"hours_as_of": "2020"}, {"hours_text": "Nu"}]))
    fields: dict[str, Any] = {
        **({"hours_text": draw(words)} if hours else {}),
        **hours,
        **draw(st.sampled_from([{"confidence": "sikker"}, {"confidence": "ældre", "as_of": "2019"}])),
        "name": draw(words),
        "organization": draw(st.sampled_from(["A", "B"]) | words),
        "description": draw(words),
        "note": draw(maybe_words),
        "needs": draw(st.lists(st.from_regex(r"[a-z]{1,9}(-[a-z]{1,9})?", fullmatch=True), min_size=1, max_size=4, unique=True)),
        "for_whom": draw(st.lists(st.sampled_from(["kvinder", "mænd", "trans"]), min_size=1, unique=True)),
        "minimum_age": draw(st.none() | st.integers(0, 17)),
        "maximum_age": draw(st.none() | st.integers(18, 120)),
        "url": draw(web),
        "email": draw(maybe_words),
        "source": draw(source),
        "assured_date": draw(days),
        "phones": draw(
            st.lists(
                st.builds(
                    lambda number, description, year: {"number": number, "description": description, "as_of": year},
                    st.sampled_from(["112", "116 006", "33 17 33 33"]),
                    maybe_words,
                    as_of,
                ),
                max_size=3,
            )
        ),
        "addresses": draw(
            st.lists(
                st.builds(
                    lambda street, code, area, year: {"address_1": street, "postal_code": code, "area": area, "as_of": year},
                    maybe_words,
                    st.none() | st.just("2200"),
                    st.sampled_from(AREAS),
                    as_of,
                ),
                max_size=2,
            )
        ),
        **{name: draw(yes_no) for name in ("anonymous", "free", "cpr_required", "residence_required")},
    }
    return ServiceRecord.model_validate(fields)


@st.composite
def courses(draw: st.DrawFn) -> CourseRecord:
    # Noon is never an hour in which clocks are changed.
    start = datetime.combine(draw(days), datetime.min.time(), UTC) + timedelta(hours=12, minutes=draw(st.integers(0, 59)))
    return CourseRecord.model_validate(
        {
            "summary": draw(words),
            "dtstart": f"{start:{TIME_FORMAT}}",
            "dtend": f"{start + timedelta(minutes=draw(st.integers(1, 600))):{TIME_FORMAT}}",
            "status": draw(st.sampled_from(["CONFIRMED", "CANCELLED"])),
            "sequence": draw(st.integers(0, 9)),
            **{name: draw(maybe_words) for name in ("location", "organizer", "signup")},
            "source": draw(source),
            "assured_date": draw(days),
        }
    )


records = st.builds(
    Records,
    st.dictionaries(st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True), services(), max_size=3),
    st.dictionaries(st.from_regex(r"[A-Za-z0-9._-]{1,9}@[a-z.]{1,9}", fullmatch=True), courses(), max_size=3),
)


@given(records)
@settings(deadline=None, max_examples=60)
async def test_the_import_of_an_export_changes_nothing(given_records: Records) -> None:
    with tempfile.TemporaryDirectory() as folder:
        directory = Directory(f"sqlite+aiosqlite:///{folder}/directory.db")
        try:
            await directory.migrate()
            async with directory.session() as session, session.begin():
                await replace(session, given_records, seeded=False)
                await export_file(session, Path(folder, "a.yml"))
                await import_file(session, Path(folder, "a.yml"))
            async with directory.session() as session:
                assert await all_records(session) == given_records
                await export_file(session, Path(folder, "b.yml"))
        finally:
            await directory.close()
        assert filecmp.cmp(f"{folder}/a.yml", f"{folder}/b.yml", shallow=False)
        assert read_file(Path(folder, "a.yml")) == given_records
