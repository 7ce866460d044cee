import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.moments import told_when, when_in
from bot.directory.vocabulary import LANGUAGES
from bot.nlu.filter_extractor import filters_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("er der et værested på nørrebro", {"area": "Nørrebro"}),
        ("hvad er åbent nu", {"when": "now"}),
        ("noget der har åbent i nat på vesterbro", {"area": "Vesterbro", "when": "night"}),
        ("kun for kvinder", {"women_only": True}),
        ("jeg er en mand og har ingen steder at sove", {"for_men": True}),
        ("er der et værested for mænd", {"for_men": True}),
        ("min mand slår mig", {}),
        ("en mand følger efter mig", {}),
        ("læge uden cpr", {"without_cpr": True}),
        ("jeg ikke have cpr, kan jeg få hjælp", {"without_cpr": True}),
        ("hvor kan jeg sove i Aarhus", {"elsewhere": "Aarhus"}),
        ("jeg bor i koege", {"elsewhere": "Køge"}),
        ("fra aalborg, uden cpr", {"elsewhere": "Aalborg", "without_cpr": True}),
        ("jeg bor i aarhus men er på nørrebro nu", {"area": "Nørrebro"}),
        ("er der plads på hvidovre hospital", {}),
        ("fynbo søger råd", {}),
        ("skal jeg betale moms", {}),
    ],
)
def test_what_narrows_a_search_is_found(text: str, found: dict[str, str | bool]) -> None:
    assert filters_in(text) == found


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("er der åbent nu", "now"),
        ("har i åbent i aften", "evening"),
        ("er mødestedet åbent i dag", "today"),
        ("what is open now", "now"),
        ("kan jeg komme nu", "now"),
        ("jeg har brug for et bad lige nu", "now"),
        ("hvem svarer nu her", "now"),
        ("hvor kan jeg sove? i nat", "night"),
        ("i aften, hvor er der mad henne", "evening"),
        ("jeg har gået hele natten, hvor kan jeg få mad kl 7", "07:00"),
        ("har brug for en samtale i aften, hvem svarer uden for kontortid", "evening"),
        ("findes der noget, der har åbent på vesterbro efter kl. 22.30", "after:22:30"),
        ("er der åbent i morgen, gerne efter kl 20", "tomorrow:after:20:00"),
        ("værested søndag", "SU"),
        ("sove i nat", "night"),
        ("og i aften?", "evening"),
        ("hvad med på søndag", "SU"),
        ("og hvad så med i aften efter kl 20?", "after:20:00"),
        ("og nu?", "now"),
        ("og om en time?", "in:60"),
        ("åbner der noget om to timer hvor man kan få mad", "in:120"),
    ],
)
def test_a_time_is_a_filter_when_a_place_is_asked_for(text: str, when: str) -> None:
    assert filters_in(text).get("when") == when


@pytest.mark.parametrize(
    "text",
    [
        "hvad gør jeg nu",
        "hvad nu",
        "mine dagpenge er brugt op, så hvad nu hvis jeg bliver syg",
        "nu er der gået tre uger og jeg har stadig ikke hørt noget",
        "i dag er jeg ked af det",
        "jeg er ked af det i dag",
        "jeg har gået på gaden hele natten, hvor kan jeg få mad",
        "min pung blev stjålet i nat. hvor kan jeg få mad",
        "da jeg boede på herberg kom der to jurastuderende om onsdagen, hvor finder jeg dem",
        "hvor meget tjener man i weekenden",
        "jeg fylder 18 i morgen",
        "tak for i dag",
        "jeg skal til lægen om en time",
        "er der nogen der hjælper mig med § 18",
    ],
)
def test_a_time_in_a_story_is_no_filter(text: str) -> None:
    assert "when" not in filters_in(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("findes der noget for trans?", {"for_trans"}),
        ("er der et sted for transkvinder", {"for_trans"}),
        ("hvor lang tid tager en transport", set()),
        ("hvad kan man få som EU-borger", {"eu_migrants"}),
        ("jeg er fra Rumænien, hvor kan jeg sove", {"eu_migrants"}),
        ("jeg ungarsk, hvem kan hjælpe", {"eu_migrants"}),
        ("min kunde er fra polen", set()),
        ("jeg sælger sex, hvor bliver jeg tjekket", set()),
        ("læge uden opholdstilladelse", {"without_residence"}),
        ("jeg har ingen papirer", {"without_residence", "without_cpr"}),
        ("jeg er her illegalt", {"without_residence"}),
        ("jeg har ingen visum", {"without_residence"}),
        ("er det illegalt at sælge sex i danmark", set()),
        ("jeg har lejet et værelse uden papir", set()),
        ("kan jeg blive testet anonymt", {"anonymous"}),
        ("uden at sige mit navn", {"anonymous"}),
        ("det skal være hemmeligt", {"anonymous"}),
        ("anonyme alkoholikere", set()),
        ("hvor er der gratis mad", {"free"}),
        ("tandlæge jeg har ingen penge", {"free"}),
        ("noget der ikke koster noget", {"free"}),
        ("hvor kan man sidde uden at betale", {"free"}),
        ("hvad koster det", set()),
        ("han vil have gratis sex", set()),
    ],
)
def test_for_whom_and_on_what_terms(text: str, found: set[str]) -> None:
    assert filters_in(text) == dict.fromkeys(found, True)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("er der nogen der taler thai", "th"),
        ("nogen der kan engelsk", "en"),
        ("taler I polsk", "pl"),
        ("hjælp på engelsk", "en"),
        ("kan du svare på spansk", "es"),
        ("en rumænsk-talende rådgiver", "ro"),
        ("rumænsktalende kollega", "ro"),
        ("someone who speaks english", "en"),
        ("jeg taler kun thailandsk", "th"),
        ("grønlandsk tolk", "kl"),
        ("på ungarsk?", "hu"),
    ],
)
def test_a_language_is_a_filter_when_it_is_to_be_spoken(text: str, language: str) -> None:
    assert filters_in(text)["spoken"] == language
    assert language in LANGUAGES


@pytest.mark.parametrize(
    "text",
    [
        "min kunde taler engelsk",
        "jeg kommer fra thailand",
        "jeg giver thaimassage",
        "lejekontrakten er på engelsk",
        "min veninde skrev under på noget på dansk",
        "jeg taler ikke dansk",
        "hvad siger tysk lov",
    ],
)
def test_a_language_or_a_country_that_is_only_mentioned_is_no_filter(text: str) -> None:
    assert "spoken" not in filters_in(text)


@given(st.text(max_size=1000))
def test_any_text_is_read(text: str) -> None:
    found = filters_in(text)
    assert "when" not in found or found["when"] == when_in(told_when(str(found["when"])))
