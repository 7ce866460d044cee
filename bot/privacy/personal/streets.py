"""What a street address looks like: the street's name, the house, the floor, the town."""

from __future__ import annotations

import re

_LETTER = r"[^\W\d_]"
_WORD = rf"{_LETTER}[^\W\d_'’.-]*(?:['’.-]{{1,2}}{_LETTER}+)*\.?"
_CAPITALS = rf"(?-i:[A-ZÆØÅ][^\W\d_'’.-]*(?:['’.-]{{1,2}}{_LETTER}+)*\.? )"
_STREET = (
    r"(?:(?:vej|gade|plads|vang|park|kaj|bakke|toft|brygge|boulevard)(?:en|n)?|all[eé](?:en|én)?|str(?:æ|ae)det?|torv(?:et)?|v(?:æ|ae)nget?|"
    r"g(?:å|aa)rd(?:en)?|stien)"
)
# Ends of street names that are ends of other words as well.
_MAYBE_STREET = (
    r"(?:have(?:n)?|lund(?:en)?|eng(?:en)?|mark(?:en)?|sti|vold(?:en)?|bro(?:en)?|h(?:ø|oe)j(?:en)?|dal(?:en)?|krog(?:en)?|ager(?:en)?|"
    r"strand(?:en)?|havn(?:en)?|hus(?:et|ene)?|hegn(?:et)?|l(?:ø|oe)kke(?:n)?|skov(?:en)?|kær(?:et)?|mose(?:n)?|dam(?:men)?|sving(?:et)?|"
    r"bue(?:n)?|r(?:æ|ae)kke(?:n)?|holm(?:en)?|skr(?:æ|ae)nt(?:en)?|banke(?:n)?|kanal(?:en)?|passage(?:n)?|dige(?:t)?|hjørne(?:t)?|port(?:en)?)"
)
_BIG = (
    r"(?:(?:lille|store?|gammel|gl\.?|ny|nordre|søndre|vestre|østre|nørre|sønder|vester|øster|h\.? ?c\.?|sankt|sa?n?kt\.?|sct\.?|skt\.?|"
    r"kgs\.?|kongens|dronning\w*|kong|prins) )"
)
_NO_STREET = (
    r"(?!(?:arbejds|senge|sove|bygge|lege|parkerings|p-|stå|sidde|rast|natte|praktik|skole|lære|elev|uddannelses|institutions|nød|behandlings|"
    r"hospitals|ud|om|gen|motor|cykel|kirke|bonde|bag|under|hoved|til|frem|jern|ad|af|selv|in|ind|op|over|arbejdsmarked|studie|børnehave|krise|"
    r"special|markeds|marked|job|mål|hån)(?:vej|plads|gård|torv|park|gade))"
)
_NO_OWNER = r"(?!hans |deres |vores |jeres |hendes |ens |os |dens |dets |anders |mens |altså |ellers |lidt )"
_NUMBER = (
    r"(?:,? ?(?:nr\.?|nummer|no\.?|husnr\.?|husnummer) ?| ?, ?| )(?P<number>\d{1,3}(?: ?- ?\d{1,3}(?=, |,? \d{4}(?!\d)))?)(?!\d)"
    r"(?P<letter> ?[a-hj-zæ](?![^\W_]))?"
)
_DOOR = r"(?:t\.?v|t\.?h|m\.?f|(?:til )?(?:venstre|højre)|midt ?for|(?:dør|lejl(?:ighed)?|vær(?:else)?)\.? ?(?:nr\.? ?)?\w{1,4})\b\.?"
_FLOOR = r"(?:st(?:uen?)?\b\.?|kld?\b\.?|kælder(?:en)?\b|\d{1,2}\.? ?(?:sal\b\.?|etage\b)|\d{1,2}\b\.?|\d{1,2}\.?(?=t[vh]\b|mf\b))"
_FLOOR_ALONE = (
    r"(?:\d{1,2}\.? ?(?:sal|etage)\b\.?|\d\., ?\d{1,3}\b|(?<=, )\d\. \d{1,3}\b|(?<=, )\d{1,2}\.(?= ?(?:$|,))|st\b\.?|stuen\b|kælderen\b|"
    r"kld?\b\.|opgang \w\b|bagh(?:uset|\.)|forhuset\b|\d[abcd]\b)"
)
_TOWN = (
    r"(?:københavn|kbh|kobenhavn|koebenhavn|copenhagen|frederiksberg|frb|valby|vanløse|brønshøj|hvidovre|rødovre|kastrup|glostrup|herlev|søborg|"
    r"gentofte|hellerup|lyngby|ballerup|taastrup|ishøj|amager|nørrebro|vesterbro|østerbro|nordvest|skovlunde|brøndby|albertslund|aarhus|århus|"
    r"odense|aalborg|malmö|malmø|helsingør|roskilde|køge|hillerød|birkerød|charlottenlund|klampenborg|virum|holte)\b"
)
_QUARTER = r"(?: [nsøvkc]\b| [ns][vø]\b| [ns]oe\b)"
_TAIL = (
    rf"(?P<tail>(?:[ ,.]{{1,3}}(?:{_FLOOR}[ ,]{{0,2}}{_DOOR}|{_FLOOR_ALONE}|{_DOOR}))*"
    rf"(?:[ ,.]{{1,3}}(?:i )?(?:dk-?)?\d{{4}}(?!\d)(?: {_TOWN}| (?-i:[A-ZÆØÅ]){_LETTER}+)?{_QUARTER}?|"
    rf"[ ,]{{1,3}}(?:i )?{_TOWN}{_QUARTER}?)?)"
)
# «på vej 10» is no street: `owner` is the word before, which must be nobody's everyday word.
STREETS = tuple(
    re.compile(rf"(?<![^\W_]){pattern}{_NUMBER}{_TAIL}", re.IGNORECASE)
    for pattern in (
        # Istedgade 12, lille istedgade 7 b
        rf"{_BIG}?{_NO_STREET}{_LETTER}[^\W\d_'’.-]+(?:-{_LETTER}+)?{_STREET}\b\.?",
        # Peter Bangs Vej 12, Sønder Boulevard 4
        rf"{_CAPITALS}{{1,3}}(?:{_STREET}|{_MAYBE_STREET})\b",
        # Kirsebærhaven 4, Valby Langgade 211
        rf"{_NO_STREET}{_CAPITALS}{{0,2}}(?-i:[A-ZÆØÅ]){_LETTER}*(?:{_STREET}|{_MAYBE_STREET})\b",
        # peter bangs vej 12
        rf"(?:(?P<big>{_BIG})|{_LETTER}{{2,}} )?{_NO_OWNER}(?P<owner>{_LETTER}{{2,}}) {_STREET}\b",
        # Under Elmene 12
        rf"(?-i:(?:Ved|Under|Bag) [A-ZÆØÅ]){_LETTER}+",
        # Hauptstraße 5, Storgatan 12, ul. Prosta 4
        rf"{_LETTER}+(?:straße|strasse|gatan|vägen|gata|veien|vegen)\b",
        rf"(?:strada|str\.|ulica|ul\.|bulevardul|bd\.|calea|calle|rue|via dei|utca) {_LETTER}+(?: {_LETTER}+)?",
    )
)
NUMBER_FIRST = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bnr\.? ?(?P<number>\d{{1,3}})(?P<letter> ?[a-h]\b)? (?:på|i) {_LETTER}+{_STREET}\b(?P<tail>)",
        r"(?<!\w)(?P<number>\d{1,4}) (?-i:[A-Z])\w+ (?:street|road|avenue|lane|rd|ave)\b(?P<letter>)(?P<tail>)",
    )
)
HOME = re.compile(
    r"\b(?:bo(?:r|ede|et)?|adressen?|hjemadresse\w*|flytte[rt]?|hjemme|holder til|kom til|hent mig|liv(?:e|ing) at|address)\b",
    re.IGNORECASE,
)
_SMALL_WORD = r"(?:på|i|ved|er|nu|lige|stadig|til|min|det|jeg|vi|her|ad|at|is|in|hos|nr|hedder|den|altid|sammen|alene|han|hun|my|for tiden)"
# Whatever stands where a home is told, with a number: «jeg bor på Nyhavn 17».
AT_HOME = re.compile(
    rf"(?:{HOME.pattern})[ :,]*(?:{_SMALL_WORD}[ :,]+){{0,4}}(?P<street>(?:{_WORD} ){{0,2}}{_WORD}){_NUMBER}{_TAIL}", re.IGNORECASE
)
LIKE_A_STREET = re.compile(rf"(?:.* )?(?:[A-ZÆØÅ]{_LETTER}+|{_LETTER}+(?:{_STREET}|{_MAYBE_STREET}))\.?")
# What makes a number after a street's name tell how much or when, not which house: «på Istedgade 3 gange».
COUNTED = re.compile(
    r"(?: ?[.:]\d\d| ?[/-] ?\d| ?(?:eller|til|og|x) \d|\.? ?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)|"
    r" ?(?:%|år|dage?\b|dg|døgn|uger?\b|"
    r"måned|mdr|md\b|tim|min\b|minut|sek|gang|kr\b|kroner|kund|mænd|mand\b|kvind|pige|person|børn|barn|menneske|sted\w*\b|stk|km|m\b|meter|procent|pct|"
    r"af\b|andre|nætter|nat\b|aften|weekend|venind|ven\b|venner|fyr|betjent|unge|kolleg|klient|bil|hotel|klub|værtshus|bar|butik|busstop|stop\b|"
    r"station|tur|halv|lejlighed|værels|rum\b|hus|etage|ud af|om (?:dagen|ugen|måneden|natten)))",
    re.IGNORECASE,
)
KNOWN_OWNER = re.compile(r"ny|sønder|nørre|vester|øster|enghave|vigerslev|ørestads|valby|frederiksberg|amager")
