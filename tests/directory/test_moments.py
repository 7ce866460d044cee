from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.directory.moments import told_when, when_in, window
from bot.settings import COPENHAGEN

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
CLOCKS = st.times().map("{:%H:%M}".format)
RESTS = (
    st.sampled_from(["morning", "afternoon", "evening", "night"]) | CLOCKS | CLOCKS.map("after:{}".format) | CLOCKS.map("before:{}".format)
)
VALUES = (
    st.sampled_from(["now", "today", "tomorrow", "overmorrow", "weekend", *DAYS])
    | st.integers(1, 719).map("in:{}".format)
    | RESTS
    | st.builds("{}:{}".format, st.sampled_from(["tomorrow", "overmorrow", *DAYS]), RESTS)
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31, 23, 59), timezones=st.just(UTC))  # noqa: DTZ001
SAID = ["i", "kl", "nu", "18", ".", ":", "efter", "lørdag", "aften", "natten", "til", "halv", "nat", "og"]
FIRST_HALF_PAST_TWO, SECOND_HALF_PAST_TWO = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


@given(VALUES, MOMENTS)
@example("02:30", datetime(2027, 3, 28, 0, 59, tzinfo=UTC))
@example("before:02:30", FIRST_HALF_PAST_TWO)
@example("SU:after:02:30", SECOND_HALF_PAST_TWO)
def test_no_window_begins_before_now_or_ends_before_it_begins(when: str, now: datetime) -> None:
    start, end = window(when, now)
    assert now.timestamp() <= start.timestamp() <= end.timestamp()
    assert start.tzinfo is end.tzinfo is COPENHAGEN


@given(VALUES)
def test_what_is_told_of_a_time_is_understood_as_that_time(when: str) -> None:
    assert when_in(told_when(when)) == when
    assert when_in(f"Jeg fandt ikke noget, der har åbent {told_when(when)}.") == when


@given(VALUES, MOMENTS)
def test_no_window_is_more_than_eight_days_away(when: str, now: datetime) -> None:
    assert (window(when, now).start - now).total_seconds() <= 8 * 24 * 3600


@pytest.mark.parametrize(
    ("when", "now", "start", "end"),
    [
        # 2026-11-20 is a Friday.
        ("now", "2026-11-20T12:00", "2026-11-20T12:00", "2026-11-20T12:00"),
        ("in:90", "2026-11-20T23:00", "2026-11-21T00:30", "2026-11-21T00:30"),
        ("today", "2026-11-20T12:00", "2026-11-20T12:00", "2026-11-21T00:00"),
        ("tomorrow", "2026-11-20T23:59", "2026-11-21T00:00", "2026-11-22T00:00"),
        ("overmorrow", "2026-11-20T23:59", "2026-11-22T00:00", "2026-11-23T00:00"),
        ("weekend", "2026-11-20T12:00", "2026-11-21T00:00", "2026-11-23T00:00"),
        ("weekend", "2026-11-22T12:00", "2026-11-22T12:00", "2026-11-23T00:00"),
        ("FR", "2026-11-20T12:00", "2026-11-20T12:00", "2026-11-21T00:00"),
        ("TH", "2026-11-20T12:00", "2026-11-26T00:00", "2026-11-27T00:00"),
        ("morning", "2026-11-20T05:00", "2026-11-20T06:00", "2026-11-20T12:00"),
        ("morning", "2026-11-20T12:00", "2026-11-21T06:00", "2026-11-21T12:00"),
        ("afternoon", "2026-11-20T13:30", "2026-11-20T13:30", "2026-11-20T18:00"),
        ("evening", "2026-11-20T12:00", "2026-11-20T17:00", "2026-11-21T00:00"),
        ("evening", "2026-11-21T00:00", "2026-11-21T17:00", "2026-11-22T00:00"),
        ("night", "2026-11-20T12:00", "2026-11-20T22:00", "2026-11-21T06:00"),
        ("night", "2026-11-21T02:00", "2026-11-21T02:00", "2026-11-21T06:00"),
        ("night", "2026-11-21T06:00", "2026-11-21T22:00", "2026-11-22T06:00"),
        ("tomorrow:night", "2026-11-21T02:00", "2026-11-22T22:00", "2026-11-23T06:00"),
        ("FR:evening", "2026-11-20T18:00", "2026-11-20T18:00", "2026-11-21T00:00"),
        ("FR:morning", "2026-11-20T18:00", "2026-11-27T06:00", "2026-11-27T12:00"),
        ("FR:night", "2026-11-21T02:00", "2026-11-21T02:00", "2026-11-21T06:00"),
        ("18:00", "2026-11-20T17:59", "2026-11-20T18:00", "2026-11-20T18:00"),
        ("18:00", "2026-11-20T18:00:30", "2026-11-20T18:00:30", "2026-11-20T18:00:30"),
        ("18:00", "2026-11-20T18:01", "2026-11-21T18:00", "2026-11-21T18:00"),
        ("FR:18:00", "2026-11-20T19:00", "2026-11-27T18:00", "2026-11-27T18:00"),
        ("after:20:00", "2026-11-20T12:00", "2026-11-20T20:00", "2026-11-21T06:00"),
        ("after:20:00", "2026-11-20T21:00", "2026-11-20T21:00", "2026-11-21T06:00"),
        ("after:02:00", "2026-11-20T12:00", "2026-11-21T02:00", "2026-11-21T06:00"),
        ("before:16:00", "2026-11-20T12:00", "2026-11-20T12:00", "2026-11-20T16:00"),
        ("before:16:00", "2026-11-20T16:00", "2026-11-21T00:00", "2026-11-21T16:00"),
        ("before:00:00", "2026-11-20T16:00", "2026-11-20T16:00", "2026-11-21T00:00"),
        # The night that is an hour shorter: half past two does not come, and counts as half past three.
        ("night", "2027-03-27T23:00", "2027-03-27T23:00", "2027-03-28T06:00"),
        ("02:30", "2027-03-28T01:00", "2027-03-28T03:30", "2027-03-28T03:30"),
    ],
)
def test_a_window_is_the_next_of_its_kind(when: str, now: str, start: str, end: str) -> None:
    assert window(when, at(now)) == (at(start), at(end))


def test_a_night_lasts_as_long_as_its_clocks_say() -> None:
    lengths = [
        (end.timestamp() - start.timestamp()) / 3600
        for start, end in (window("night", at(f"{day}T20:00")) for day in ("2027-03-27", "2026-10-24"))
    ]
    assert lengths == [7, 9]


def test_an_hour_that_comes_twice_is_waited_for_twice() -> None:
    assert window("02:30", at("2026-10-25T01:00")).start.timestamp() == FIRST_HALF_PAST_TWO.timestamp()
    assert window("02:30", datetime(2026, 10, 25, 0, 45, tzinfo=UTC)).start.timestamp() == SECOND_HALF_PAST_TWO.timestamp()


def test_now_may_be_given_in_any_time_zone() -> None:
    assert window("tomorrow", datetime(2026, 11, 20, 23, 30, tzinfo=UTC)).start == at("2026-11-22T00:00")


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        window("now", datetime(2026, 11, 20, 12))  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize(
    "when",
    [
        "",
        "nu",
        "SA:",
        "SA:now",
        "today:18:00",
        "weekend:evening",
        "18",
        "24:00",
        "18:60",
        "after:",
        "SA18:00",
        "SA:SU",
        "now\n",
        "in:0",
        "in:1000",
    ],
)
def test_what_is_no_value_is_refused(when: str) -> None:
    with pytest.raises(ValueError, match="no time"):
        window(when, at("2026-11-20T12:00"))
    with pytest.raises(ValueError, match="no time"):
        told_when(when)


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("now", "lige nu"),
        ("evening", "i aften"),
        ("SA", "på lørdag"),
        ("SA:18:00", "på lørdag kl. 18"),
        ("tomorrow:08:30", "i morgen kl. 8.30"),
        ("overmorrow:evening", "i overmorgen aften"),
        ("SA:evening", "på lørdag aften"),
        ("SA:night", "natten til søndag"),
        ("after:20:00", "efter kl. 20"),
        ("FR:before:00:00", "på fredag før kl. 24"),
    ],
)
def test_how_a_time_stands_in_a_sentence(when: str, told: str) -> None:
    assert told_when(when) == told


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("hvad er åbent nu", "now"),
        ("er der åbent om en time", "in:60"),
        ("om ca to timer", "in:120"),
        ("om et kvarter", "in:15"),
        ("om halvanden time på nørrebro", "in:90"),
        ("open in half an hour", "in:30"),
        ("om et par timer", "in:120"),
        ("om 20 min", "in:20"),
        ("om 48 timer", None),
        ("om 0 minutter", None),
        ("Er der åbent LIGE NU??", "now"),
        ("idag", "today"),
        ("iaften", "evening"),
        ("i aftn", "evening"),
        ("her til aften", "evening"),
        ("i nat", "night"),
        ("midt om natten", "night"),
        ("natåbent", "night"),
        ("imorgen", "tomorrow"),
        ("i overmorgen", "overmorrow"),
        ("overmorgen aften", "overmorrow:evening"),
        ("the day after tomorrow", "overmorrow"),
        ("i morgen tidlig", "tomorrow:morning"),
        ("i morgen aften", "tomorrow:evening"),
        ("om eftermiddagen", "afternoon"),
        ("i weekenden", "weekend"),
        ("på lørdag", "SA"),
        ("paa loerdag", "SA"),
        ("på lørda", "SA"),
        ("om søndagen", "SU"),
        ("lørdag aften", "SA:evening"),
        ("natten til søndag", "SA:night"),
        ("kl 18", "18:00"),
        ("kl.18", "18:00"),
        ("kl. 18.30", "18:30"),
        ("kl 1830", "18:30"),
        ("18:00", "18:00"),
        ("klokken seks", "06:00"),
        ("klokken seks i aften", "18:00"),
        ("klokken halv otte", "07:30"),
        ("kvart over otte i aften", "20:15"),
        ("ved 8-tiden i aften", "20:00"),
        ("kl 2 i eftermiddag", "14:00"),
        ("kl 3 om natten", "03:00"),
        ("kl 12 i nat", "00:00"),
        ("lørdag nat kl 2", "SU:02:00"),
        ("lørdag kl 24", "SU:00:00"),
        ("i morgen kl 24", "tomorrow:night"),
        ("på lørdag kl. 18", "SA:18:00"),
        ("i morgen, gerne efter kl 20", "tomorrow:after:20:00"),
        ("efter kl 20 lørdag", "SA:after:20:00"),
        ("efter 20?", "after:20:00"),
        ("inden kl 16", "before:16:00"),
        ("før midnat", "before:00:00"),
        ("efter midnat", "after:00:00"),
        ("today", "today"),
        ("tonight", "evening"),
        ("tomorrow morning", "tomorrow:morning"),
        ("on saturday", "SA"),
        ("after 6 pm tomorrow", "tomorrow:after:18:00"),
        # What says most goes first, «nu» last.
        ("jeg er her nu, er der åbent i morgen", "tomorrow"),
        ("i dag, ellers lørdag aften", "SA:evening"),
        ("torsdag og fredag", "TH"),
        ("i dag er jeg ked af det", "today"),
    ],
)
def test_a_time_is_understood_as_people_type_it(text: str, when: str) -> None:
    assert when_in(text) == when


@pytest.mark.parametrize(
    "text",
    [
        *(
            "jeg er 18",
            "18 år",
            "1888",
            "112",
            "1000 kr",
            "§ 18",
            "kl",
            "kl-hjælp",
            "kl 1888",
            "kl 2025",
            "kl 25",
            "33 17 33 33",
            "24/7",
            "den 18.12",
        ),
        *("for to dage siden", "efter 20 minutter", "efter 18 år på gaden", "et sted", "klokken er mange", "6.30 kr", "side 10:1:3"),
        *(
            "i lørdags",
            "sidste fredag",
            "i går",
            "i morges",
            "god aften",
            "god weekend",
            "hvad nu hvis",
            "nu hvor jeg bor her",
        ),
        *("natcafé", "min mand", "numse", "en fredelig dag", "morgenmad", ""),
    ],
)
def test_what_is_no_time_is_not_taken_for_one(text: str) -> None:
    assert when_in(text) is None


@given(st.text(max_size=1000) | st.lists(st.sampled_from(SAID), max_size=200).map(" ".join))
def test_any_text_is_read(text: str) -> None:
    when = when_in(text)
    assert when is None or when_in(told_when(when)) == when
