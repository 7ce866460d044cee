"""What narrows a search for places: for whom, and on what terms. All patterns are held against folded text: «ikke» is «ike»."""

from __future__ import annotations

import re

_FROM_EU = (
    r"belgi(?:en|sk|um)|bulgar\w*|estland|estisk|finland|finsk|frankrig|fransk|grakenland|grask|holand\w*|irland|irsk|itali\w*|kroat\w*|"
    r"letland|leti?sk|latvia\w*|lita?u\w*|lithuania\w*|pol(?:en|sk|ak|aker|ish|and)|portugal|portugisisk\w*|ruman\w*|romania\w*|slovak\w*|"
    r"sloven\w*|spani\w*|spansk\w*|spain|sverige|svensk\w*|tjek(?:iet|isk)|tysk\w*|ungar\w*|hungar\w*|ostrig\w*"
)
_RIGHTS = "papirer|papers|ophold|opholds(?:tiladelse|kort|bevis)|visum|visa|residence"
_NONE = r"(?:uden|ike|ingen|intet|no|without)"
_SOME = r"(?:at|have|har|noget|nogen|lovlig\w*|gyldig\w*|rigtige|de|mine|my|any|legal|valid)"
_FILTERS = {
    "women_only": r"\b(?:kun|kvinde|for) ?kvinder?\b|\bkvinde(?:sted|herberg|cafe|krisecenter)\b|\bonly women\b",
    "for_men": r"\b(?:jeg er (?:en )?(?:hjemlos |ung |trans )?|som |for |til |tager imod )(?:trans)?mand\b|^\w+ mand$|\bmandlig",
    "for_trans": r"\btrans(?:\b|kvind|man[dk]|person|kon|sek|gender|pige|fyr)",
    "eu_migrants": (
        r"\b(?:eu ?(?:borger|statsborger|migrant|citizen|person)"
        rf"|(?:jeg|vi|im|i am) (?:(?:er|komer|kom|come|en|fra|from) ){{0,3}}(?:{_FROM_EU})\b"
        rf"|(?:som|for) (?:{_FROM_EU})\b|(?:folk|kvinder|mand|os) fra (?:{_FROM_EU})\b)"
    ),
    "without_residence": (
        rf"\b(?:{_NONE}(?: {_SOME}){{0,2}} (?:{_RIGHTS})\b(?! (?:pa|for|til))"
        r"|(?:jeg|vi) (?:er|bor|lever|opholder mig) (?:her )?(?:ilegalt?|ulovligt?)\b(?! at)|(?:er|som) ilegal\b|(?:ilegal|ulovlig) her\b"
        r"|ilegale? (?:migrant|indvandrer)|papirlos|udokument|undocument|afvist asyl|afslag pa asyl)"
    ),
    "without_cpr": rf"\b{_NONE}(?: \w+){{0,2}} (?:cpr|sundhedskort|sygesikring|gult kort|gule kort|papirer)",
    "anonymous": (
        r"\b(?:anonym(?!e (?:alkohol|narko))|hemeligt\b(?! (?:nr|num|tlf|telefon))|uden at (?:sige|oplyse|fortale) hvem jeg er\b"
        r"|(?:uden|without)(?: (?:at|sige|oplyse|opgive|give|giving|fortale|vise|bruge|mit|my|et|noget)){0,3} (?:navn|name)\b"
        r"|ike (?:sige|oplyse|opgive|give|fortale)(?: mit)? navn\b)"
    ),
    "free": (
        r"\b(?:gratis\b(?<!arbejde gratis)(?<!arbejder gratis)(?! sex)|har ike rad\b|ike rad til\b|for fre\b"
        r"|(?:ingen|ike|uden|no) (?:(?:har|have|nogen|flere) ){0,2}(?:penge|money)\b"
        r"|uden (?:at )?(?:skule )?betal(?:e|ing)\b|koster? (?:det )?(?:ike|intet)\b|ike koster?\b)"
    ),
}
_COMPILED = {name: re.compile(pattern) for name, pattern in _FILTERS.items()}
# ISO 639-1, by the words for them, folded. Danish goes without saying.
_CODES = {
    **{"arabisk": "ar", "arabic": "ar", "bulgarsk": "bg", "bulgarian": "bg", "tjekisk": "cs", "czech": "cs"},
    **{"tysk": "de", "german": "de", "engelsk": "en", "english": "en", "spansk": "es", "spanish": "es", "persisk": "fa", "farsi": "fa"},
    **{"fransk": "fr", "french": "fr", "ungarsk": "hu", "hungarian": "hu", "italiensk": "it", "italian": "it", "gronlandsk": "kl"},
    **{"litauisk": "lt", "lithuanian": "lt", "letisk": "lv", "latvian": "lv", "polsk": "pl", "polish": "pl"},
    **{"portugisisk": "pt", "portuguese": "pt", "rumansk": "ro", "romanian": "ro", "rusisk": "ru", "rusian": "ru", "somalisk": "so"},
    **{"somali": "so", "swahili": "sw", "thai": "th", "thailandsk": "th", "tagalog": "tl", "tyrkisk": "tr", "turkish": "tr"},
    **{"ukrainsk": "uk", "ukrainian": "uk", "vietnamesisk": "vi", "vietnamese": "vi", "kinesisk": "zh", "chinese": "zh"},
}
_LANGUAGE = f"({'|'.join(_CODES)})"
_NAMES_LANGUAGE = re.compile(rf"\b{_LANGUAGE}")
_HOW_WELL = "(?:kan |ogsa |godt |bare |lidt |kun |bedst |to )?"
_SPEAKS = "(?:taler?|snak(?:ker?|er?)|forstar?|kan|speaks?)"
_HELP = r"hjalp\w*|help|samtale\w*|sna[ck]ke?\w*|tales?|svar\w*|radgiv\w*|nog[eo]t|nog[eo]?n|info\w*|kursus|tolk\w*|og|hele"
_SPOKEN = re.compile(
    "|".join(
        [
            # «nogen der taler thai», «taler I engelsk», «jeg taler kun engelsk»; not «min kunde taler engelsk»
            rf"\b(?:der|som|nogen|nogn|i|de|du|man|anyone|someone|you|who) {_HOW_WELL}{_SPEAKS} {_HOW_WELL}{_LANGUAGE}\b",
            rf"\b{_SPEAKS} (?:i|de|du|man|nogen) {_HOW_WELL}{_LANGUAGE}\b",
            rf"\bjeg (?:{_SPEAKS} (?:kun|bare|bedst|mest)|kan kun(?: tale)?|only speak) {_LANGUAGE}\b",
            rf"^(?:\w+ )?{_SPEAKS} {_LANGUAGE}\b ?\??$",
            rf"\b{_LANGUAGE} ?(?:talende|sproget|sprogede|speaking|tolk)\b",
            # «hjælp på engelsk», «kan du svare på thai»; not «en kontrakt på engelsk»
            rf"\b(?:{_HELP}) pa {_LANGUAGE}\b",
            rf"^pa {_LANGUAGE}\b ?\??$",
        ]
    )
)


def terms_in(folded: str) -> dict[str, str | bool]:
    """What a folded message asks of a place: for whom and on what terms, each true, and `spoken`, the ISO 639-1 code of a language."""
    found: dict[str, str | bool] = {name: True for name, pattern in _COMPILED.items() if pattern.search(folded)}
    if _NAMES_LANGUAGE.search(folded) and (spoken := _SPOKEN.search(folded)):
        found["spoken"] = _CODES[spoken[spoken.lastindex or 0]]
    return found
