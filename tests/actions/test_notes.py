from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from actions.notes import gone, met, no_date
from bot.directory.cards import service_card
from bot.directory.search import Found, Opening, ServiceFilter
from bot.settings import COPENHAGEN
from tests.directory.conftest import catalogue, plan, service

AT = datetime(2026, 11, 20, 12, tzinfo=COPENHAGEN)
SOME = Found((service_card("huset", service(), AT),))
EVERYTHING: dict[str, Any] = {
    "area": "Nørrebro", "when": "SA:18:00", "spoken": "pl", "women_only": True, "for_men": True, "for_trans": True, "under_18": True,
    "eu_migrants": True, "without_residence": True, "without_cpr": True, "anonymous": True, "free": True,
}  # fmt: skip


def said(found: Found, **query: Any) -> list[str]:
    return list(met(found, ServiceFilter(**query), AT))


def test_what_was_found_as_it_was_wished_needs_no_words() -> None:
    assert said(SOME, **EVERYTHING) == []


def test_nothing_at_all_is_told() -> None:
    assert said(Found(())) == ["Jeg fandt ingen steder i mit katalog."]


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("area", "Jeg fandt ikke noget på Nørrebro, der passer. Her er steder andre steder i byen."),
        ("when", "Jeg fandt ikke noget, som jeg ved har åbent på lørdag kl. 18. Ring eller spørg først."),
        ("spoken", "Jeg ved ikke, hvor de taler polsk. Spørg, eller bed om en tolk."),
        ("free", "Jeg ved ikke om alle stederne, om de er gratis. Spørg først."),
        ("women_only", "Jeg fandt ikke noget, der kun er for kvinder. Her er andre steder."),
        ("for_trans", "Jeg fandt ikke noget, der er for transpersoner. Her er andre steder."),
        ("eu_migrants", "Jeg ved ikke om alle stederne, om de hjælper EU-borgere. Spørg først."),
        ("anonymous", "Jeg ved ikke om alle stederne, om du kan være anonym. Spørg, før du siger, hvem du er."),
        ("without_residence", "Jeg ved ikke om alle stederne, om de hjælper uden lovligt ophold. Spørg, før du siger, hvem du er."),
        ("without_cpr", "Jeg ved ikke om alle stederne, om de kræver et CPR-nummer. Spørg, før du siger, hvem du er."),
    ],
)
def test_each_wish_that_was_not_met_is_told(wish: str, told: str) -> None:
    assert said(replace(SOME, relaxed=frozenset({wish})), **{wish: EVERYTHING[wish]}) == [told]


def test_of_several_the_area_and_the_time_come_first() -> None:
    told = said(replace(SOME, relaxed=frozenset({"free", "when", "area"})), area="Valby", when="now", free=True)
    assert [text.split(".")[0] for text in told] == [
        "Jeg fandt ikke noget i Valby, der passer",
        "Jeg fandt ikke noget, som jeg ved har åbent lige nu",
        "Jeg ved ikke om alle stederne, om de er gratis",
    ]


def test_the_next_opening_is_told_last() -> None:
    found = replace(SOME, relaxed=frozenset({"when"}), opens=Opening("Huset", AT.replace(hour=18)))
    assert said(found, when="now")[-1] == "Det næste, jeg kender tiden for, er Huset: det åbner i dag kl. 18.00."


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"status": "defunct"}, "Huset findes ikke længere."),
        ({"status": "defunct", "note": "Ring til Reden."}, "Huset findes ikke længere. Ring til Reden."),
        ({"status": "inactive"}, "Huset er foreslået, men findes ikke endnu, så vidt jeg ved."),
        ({"status": "temporarily closed"}, "Huset er lukket for en tid."),
        ({"confidence": "usikker"}, "Jeg ved ikke, om Huset findes i dag."),
    ],
)
def test_what_became_of_a_place_is_told(fields: dict[str, str], told: str) -> None:
    assert list(gone([service(**fields), service("Haven")])) == [told]


def test_without_a_date_it_says_what_is_planned_and_whom_to_ask() -> None:
    held = catalogue(
        service("Huset"),
        service("Nedlagt", status="defunct"),
        plans={
            "a@v": plan(contact="huset", note="Kurset holdes hvert kvartal."),
            "b@v": plan("Et andet", contact="huset"),
            "c@v": plan("Et tredje", contact="nedlagt"),
            "d@v": plan("Et fjerde", contact="findes-ikke"),
        },
    )
    assert no_date(held) == "Der er ikke offentliggjort nogen dato lige nu. Kurset holdes hvert kvartal. Spørg Huset."
    assert no_date(catalogue()) == "Der er ikke offentliggjort nogen dato lige nu."
