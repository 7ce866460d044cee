import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.guide_answers import AGAIN, STOP, read
from bot.directory.areas import AREAS
from bot.topics.guides import DONT_KNOW
from bot.topics.model import danish
from bot.topics.text import folded
from tests.actions.small_guide import GUIDE, small_guide

PLACES = {"noerrebro": "Nørrebro", "indre_by": "Indre By", "hele_byen": "Hele byen"}
GUIDES = small_guide(
    questions={
        **GUIDE["questions"],
        "omraade": {"text": "Hvor?", "choices": PLACES},
        "faar": {"text": "Får du løn?", "choices": {"ja": "Ja", "nej": "Nej"}},
    }
)


def value(asked: str, text: str) -> str | None:
    said = read(GUIDES, asked, text)
    assert said is None or said.question == asked
    return said.value if said else None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("3.000", "3000"),
        ("3 000 kr", "3000"),
        ("ca. 4.500,00 kr.", "4500"),
        ("3 tusind", "3000"),
        ("5 t.kr.", "5000"),
        ("ingenting", "0"),
        ("5k", "5000"),
        ("0", "0"),
        ("mellem 3000 og 5000", "5000"),
        ("2500 om ugen", "10833"),
        ("36.000 om året", "3000"),
        ("36.000 kr. årligt", "3000"),
        ("999999999", None),
        ("det er meget forskelligt", None),
        ("12 timer om ugen", None),
        ("3000 men min chef slår mig", None),
    ],
)
def test_an_amount_is_read_as_kroner_a_month(text: str, amount: str | None) -> None:
    assert value("loen", text) == amount


@given(st.integers(0, 10_000_000), st.sampled_from(["{}", "{} kr.", "{} kr", "omkring {} om måneden", "ca. {},-"]))
def test_every_amount_is_read_as_it_is_written_in_danish(amount: int, around: str) -> None:
    assert value("loen", around.format(danish(amount))) == str(amount)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *((yes, "ja") for yes in ("ja", "JA!", "jo", "jep", "yes", "ja tak", "ja det har jeg")),
        *((no, "nej") for no in ("nej", "nej tak", "no", "ikke endnu", "det har jeg ikke", "det er jeg ikke")),
        ("nok", None),
        ("ja men ikke altid", None),
        ("ja det er ikke rigtigt", None),
        ("hvorfor spørger du", None),
    ],
)
def test_yes_and_no_are_read(text: str, answer: str | None) -> None:
    assert value("faar", text) == answer


@pytest.mark.parametrize(
    ("text", "of_age"),
    [("18", "ja"), ("jeg er 34 år", "ja"), ("over 18", "ja"), ("17", "nej"), ("jeg er kun 16", "nej"), ("næsten 18", "nej")],
)
def test_an_age_says_whether_somebody_is_of_age(text: str, of_age: str) -> None:
    assert value("alder", text) == of_age


@pytest.mark.parametrize("text", ["snart 18", "jeg er næsten 18", "ikke fyldt 18", "under 18"])
def test_whoever_is_not_yet_18_is_a_minor(text: str) -> None:
    assert value("alder", text) == "nej"


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("fra et SMAAJOB", "loen"),
        ("mit cvr", "firma"),
        ("løn fra et job", "loen"),
        ("ansat med cvr", "loen"),
        ("ansat i et firma", None),
        ("ansatte", None),
        ("jeg er ikke ansat", None),
        ("skal jeg have cvr", None),
    ],
)
def test_a_choice_is_known_by_its_title_and_words_the_longest_first(text: str, choice: str | None) -> None:
    assert value("penge", text) == choice


@pytest.mark.parametrize(
    ("text", "area"),
    [("på norrebro", "noerrebro"), ("centrum", "indre_by"), ("hele byen", "hele_byen"), ("amager", "amager"), ("Aarhus", None)],
)
def test_any_part_of_the_city_answers_where(text: str, area: str | None) -> None:
    assert value("omraade", text) == area


@pytest.mark.parametrize("asked", GUIDES.questions)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ved ikke", DONT_KNOW),
        ("Det ved jeg ikke...", DONT_KNOW),
        ("måske", DONT_KNOW),
        ("aner det ikke", DONT_KNOW),
        ("stop", STOP),
        ("jeg vil ikke svare", STOP),
        ("forfra", AGAIN),
        ("start forfra", AGAIN),
        ("start igen", AGAIN),
    ],
)
def test_every_question_can_be_left_open_stopped_and_begun_again(asked: str, text: str, said: str) -> None:
    assert value(asked, text) == said


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("smaajob_modregning:alder:nej", ("alder", "nej")),
        ("smaajob_modregning:penge:ved_ikke", ("penge", "ved_ikke")),
        ("smaajob_modregning:stop", ("loen", STOP)),
        ("smaajob_modregning:forfra", ("loen", AGAIN)),
        ("smaajob_modregning:penge:guld", None),
        ("smaajob_modregning:navn:ja", None),
        ("smaajob_modregning:loen:3000", None),
        ("cvr_hvordan:alder:nej", None),
        ("cvr_hvordan:stop", None),
        ("", None),
    ],
)
def test_a_button_answers_its_own_question_and_only_with_its_choices(choice: str, said: tuple[str, str] | None) -> None:
    pressed = read(GUIDES, "loen", "3000", choice)
    assert (pressed and pressed[:2]) == said


def test_what_is_added_to_an_answer_is_told_from_the_answer_alone() -> None:
    alone, with_more = read(GUIDES, "faar", "ja tak"), read(GUIDES, "faar", "ja han slår mig lige nu")
    assert alone is not None
    assert with_more is not None
    assert (alone.bare, with_more.value, with_more.bare) == (True, "ja", False)


@given(st.sampled_from(sorted(GUIDES.questions)), st.text())
def test_any_text_is_read_as_something_that_the_question_takes(asked: str, text: str) -> None:
    said = value(asked, text)
    if said is not None and said not in {DONT_KNOW, STOP, AGAIN, *GUIDES.questions[asked].choices}:
        assert said.isdecimal() if asked == "loen" else said in map(folded, AREAS)


@given(st.sampled_from(["alder", "penge", "faar"]), st.lists(st.sampled_from(["ja", "stop", "3000", "cvr", "nørrebro"]), min_size=14))
def test_a_story_is_no_answer(asked: str, words: list[str]) -> None:
    assert value(asked, " ".join(words)) is None
