"""The words that a name follows."""

from __future__ import annotations

import re

# People spoken of by what they are to somebody.
_WHO = (
    r"(?:ven(?:nen|ner|inde|inden|inder|inderne)?|kammerat(?:en|er)?|makker(?:en)?|"
    r"(?:eks ?-?)?(?:kæreste|kærste|kaereste|mand|kone|partner)(?:n|en|s)?|eks(?:en)?|x-?(?:kæreste|mand)|forlovede|"
    r"alfons(?:en)?|bagmand(?:en)?|chef(?:en)?|boss|arbejdsgiver(?:en)?|(?:lille|store|halv|pleje|sted|sviger|tvillinge)?(?:søster|bror|broder|datter|søn|mor|far|forældre|børn|soester|soen)(?:en|nen|ens|s)?|"
    r"mama|tante|onkel|faster|moster|farmor|mormor|farfar|morfar|kusine|fætter|faetter|niece|nevø|barnebarn|"
    r"barn(?:et)?|dreng(?:en)?|pige(?:n|r|rne)?|fyr(?:en)?|dame(?:n)?|kvinde(?:n)?|manden|konen|person(?:en)?|gut(?:ten)?|type(?:n)?|"
    r"kollega(?:en|er)?|nabo(?:en)?|udlejer(?:en)?|bofælle(?:n)?|værelseskammerat|roomie|roommate|"
    r"(?:stam)?kunde(?:n|r)?|gæst(?:en)?|klient(?:en)?|borger(?:en)?|sugardaddy|daddy|"
    r"sagsbehandler(?:en)?|socialrådgiver(?:en)?|kontaktperson(?:en)?|støtteperson(?:en)?|mentor(?:en)?|bisidder(?:en)?|værge(?:n)?|"
    r"rådgiver(?:en)?|læge(?:n)?|laege(?:n)?|psykolog(?:en)?|sygeplejerske(?:n)?|advokat(?:en)?|betjent(?:en)?|politibetjent(?:en)?|tolk(?:en)?|revisor(?:en)?|"
    r"boyfriend|girlfriend|husband|wife|friend|sister|brother|daughter|son|mother|father|pimp|client|customer|"
    r"mamasan|madam(?:en)?|gerningsmand(?:en)?|overfaldsmand(?:en)?|hr|fru|frk|frøken|dr|doktor|mr|mrs|ms)"
)
_CALLED = r"(?:hedder|heder|hedr|hedde|hed|kaldes|(?:bliver|er) kaldt|kalde[rt]? (?:han|hun|de|vi|jeg)? ?(?:mig|sig|ham|hende))"
# After these any word is a name that is no everyday word.
INTRODUCED = re.compile(
    rf"(?<![^\W_])(?:"
    rf"(?:jeg|hun|han|vi|hende|ham|begge|{_WHO})(?:,? (?:der|som|han|hun))? {_CALLED}|(?<!det )(?<!der )(?<!som )hedder jeg|"
    rf"(?:(?:de|folk|alle|kunderne|andre|man|venner) )?kalde?r? (?:de |alle |folk |man )?mig(?: for)?|"
    r"(?:mit|hans|hendes|deres)(?: \w+)? navn er|navnet er|"
    r"(?:for|efter|mellem|kunstner|arbejds|døbe|døds|pige|dæk|fulde |bruger)navn(?:et)?(?: er| ?:)?|"
    r"\b(?:navn|name) ?:|ved navn(?:et)?|under navnet|kendt som|c/o|"
    r"my (?:real |full |first |last |work )?name(?:'s| is)|(?:his|her) name(?:'s| is)|"
    r"(?:i am|i'm|is|people|they|everyone) call(?:ed|s)?(?: me)?|call me|"
    r"mă numesc|ma numesc|numele meu (?:este|e)|mă cheamă|ma cheama|a nevem|nazywam si[ęe]|mam na imi[ęe]|na imi[ęe] mi|"
    r"me llamo|mi nombre es|meu nome [ée]|me chamo|mi chiamo|je m'appelle|mon nom est|ich heiße|ich heisse|mein name ist|"
    r"jag heter|mitt namn är|jeg heter|mano vardas|меня зовут|мене звати|казвам се|quhem|magacaygu waa|benim adım|"
    r"ang pangalan ko ay|ฉันชื่อ|ชื่อ|اسمي|أنا اسمي"
    r")[ ,:]{1,3}"
)
# After these a word is a name that is known as one, or that is written with a capital and no everyday word.
RELATED = re.compile(
    rf"(?<![^\W_]){_WHO}(?:,? (?:der|som) {_CALLED})?[ ,:.]{{1,2}}"
    r"|(?<![^\W_])(?:min|mit|mine|hans|hendes|vores) (?:[^\W\d_]+ ){1,5}(?:hedder|heder|hed) "
    r"|(?<![^\W_])(?:m\.?v\.?h\.?|v\.?h\.?|k\.?h\.?|hilsen|hilsner|kram|knus|kys|regards|xoxo)(?: fra)?[ ,.:!]{1,3}"
    r"|(?<![^\W_])(?:my names?|kaldet|spørg efter|spørge efter|tal med|hils|hilse på) "
)
# After these even a word in small letters that nobody knows is a name, if the sentence goes on after it.
OWN = re.compile(rf"(?<![^\W_])(?:min|mit|mine|hans|hendes|vores) {_WHO}(?<!s) ")
# After these a word is a name if it is known as one.
PRESENTED = re.compile(
    r"(?<![^\W_])(?:hedder|jeg er|er jeg|hedder jeg|det er|dette er|her er|jeg,|hej|i am|i'm|im|it's|its|this is)[ ,]{1,2}"
)
# After these, too, unless it is an everyday word as well.
BESIDE = re.compile(r"(?<![^\W_])(?:og|eller|med|hos|fra|af|for|til|mod|efter|with|from|by)[ ,]{1,2}")
