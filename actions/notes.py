"""What is said besides the cards: which wishes were not met, what opens next, what is no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.directory.areas import told
from bot.directory.catalogue import Catalogue
from bot.directory.moments import told_when
from bot.directory.records import ServiceRecord
from bot.directory.search import Found, ServiceFilter
from bot.directory.told import moment_told
from bot.directory.vocabulary import LANGUAGES

_NOTHING = "Jeg fandt ingen steder i mit katalog."
_NO_DATE = "Der er ikke offentliggjort nogen dato lige nu."
_UNMET = {
    "area": "Jeg fandt ikke noget {area}, der passer. Her er steder andre steder i byen.",
    "when": "Jeg fandt ikke noget, som jeg ved har åbent {when}. Ring eller spørg først.",
    "spoken": "Jeg ved ikke, hvor de taler {language}. Spørg, eller bed om en tolk.",
    "free": "Jeg ved ikke om alle stederne, om de er gratis. Spørg først.",
    "women_only": "Jeg fandt ikke noget, der kun er for kvinder. Her er andre steder.",
    "for_trans": "Jeg fandt ikke noget, der er for transpersoner. Her er andre steder.",
    "eu_migrants": "Jeg ved ikke om alle stederne, om de hjælper EU-borgere. Spørg først.",
    "anonymous": "Jeg ved ikke om alle stederne, om du kan være anonym. Spørg, før du siger, hvem du er.",
    "without_residence": "Jeg ved ikke om alle stederne, om de hjælper uden lovligt ophold. Spørg, før du siger, hvem du er.",
    "without_cpr": "Jeg ved ikke om alle stederne, om de kræver et CPR-nummer. Spørg, før du siger, hvem du er.",
}
_OPENS = "Det næste, jeg kender tiden for, er {name}: det åbner {at}."
_GONE = {
    "defunct": "{name} findes ikke længere.",
    "inactive": "{name} er foreslået, men findes ikke endnu, så vidt jeg ved.",
    "temporarily closed": "{name} er lukket for en tid.",
}
_UNSURE = "Jeg ved ikke, om {name} findes i dag."


def met(found: Found, query: ServiceFilter, at: datetime) -> Iterator[str]:
    """What `found` is not, though `query` asked for it at the moment `at`."""
    if not found.services:
        yield _NOTHING
    for name, text in _UNMET.items():
        if name in found.relaxed:
            yield text.format(
                area=told(query.area) if query.area else "",
                when=told_when(query.when or "now"),
                language=LANGUAGES.get(query.spoken or "", ""),
            )
    if found.opens:
        yield _OPENS.format(name=found.opens.name, at=moment_told(found.opens.at, at))


def gone(named: Iterable[ServiceRecord]) -> Iterator[str]:
    """What became of the services that somebody asked for by name and cannot be sent to."""
    for record in named:
        if not record.exists:
            yield " ".join(filter(None, (_GONE.get(record.status, _UNSURE).format(name=record.name), record.note)))


def no_date(catalogue: Catalogue) -> str:
    """That no date is published, what is planned, and whom to ask."""
    plans = catalogue.records.plans.values()
    contacts = [catalogue.records.services.get(plan.contact) for plan in plans]
    asked = dict.fromkeys(contact.name for contact in contacts if contact and contact.exists)
    return " ".join((_NO_DATE, *(plan.note for plan in plans if plan.note), *(f"Spørg {name}." for name in asked)))
