"""What a person is told when something was hidden in a message of theirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from bot.directory.told import listed
from bot.privacy.personal.text import Kind


class Told(NamedTuple):
    """What was hidden, as the object of «Jeg har skjult …», and what to do instead, as a sentence."""

    hidden: str
    advice: str


TOLD: Final[dict[Kind, Told]] = {
    "cpr": Told("dit CPR-nummer", "Skriv det aldrig her."),
    "cvr": Told("et CVR-nummer", "Det kan føre til dit navn, og du behøver det ikke her."),
    "account": Told("et kontonummer", "Skriv det aldrig her."),
    "iban": Told("et kontonummer", "Skriv det aldrig her."),
    "card": Told("et kortnummer", "Skriv det aldrig her."),
    "id": Told("et nummer, man kan kende dig på", "Skriv det aldrig her."),
    "plate": Told("en nummerplade", "Gem nummeret til politiet, hvis du vil anmelde noget."),
    "email": Told("en e-mailadresse", "Jeg kan ikke skrive til dig, så du behøver den ikke her."),
    "link": Told("et link", "Skriv ikke links til dig selv eller andre her."),
    "handle": Told("et brugernavn", "Skriv ikke, hvem du er på nettet."),
    "ip": Told("en IP-adresse", "Skriv den ikke her."),
    "phone": Told("et telefonnummer", "Jeg kan ikke ringe til dig, så du behøver det ikke her."),
    "birthdate": Told("en fødselsdato", "Det er nok at skrive, hvor gammel du er."),
    "address": Told("en adresse", "Det er nok at skrive bydelen."),
    "name": Told("et navn", "Du behøver ikke sige, hvem du eller andre er."),
}
_ADVICE_ON_SEVERAL = "Skriv aldrig den slags her."


def notice(kinds: Iterable[Kind]) -> str:
    """A paragraph that tells what was hidden, in the order it was found; empty when nothing was."""
    told = list({TOLD[kind].hidden: TOLD[kind] for kind in kinds}.values())
    if not told:
        return ""
    return f"Jeg har skjult {listed([one.hidden for one in told])}. {told[0].advice if len(told) == 1 else _ADVICE_ON_SEVERAL}"
