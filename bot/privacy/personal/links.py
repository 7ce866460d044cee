"""Links that lead to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.personal.public import public
from bot.privacy.personal.text import Span, Text

_ENDING = (
    r"(?:dk|com|net|org|eu|info|biz|me|se|no|de|ro|pl|hu|bg|uk|co|io|tv|xxx|sex|porn|cam|ch|nl|fr|es|it|ee|link|site|online|page|club|gl|app|tel|"
    r"ly|to|ws|be|at|ru)"
)
_LINK = re.compile(rf"(?<![\w@.-])(?:https?://\S+|(?:www\.)?(?:[\w-]{{1,63}}\.){{1,4}}{_ENDING}\b(?:[:/?#]\S*)?)")
# Authorities, organisations and newspapers, beside those that the content links to.
_PUBLIC_HOST = re.compile(
    r"(?:^|\.)(?:borger|virk|skat|skm|kk|politi|sundhed|sst|nyidanmark|uim|retsinformation|ankestyrelsen|ast|jobnet|sm|bm|im|ism|sum|star|cvr|"
    r"mitid|nemid|e-boks|digst|sikkerdigital|datatilsynet|domstol|minretssag|ft|stm|regionh|regionsjaelland|sundhedsstyrelsen|erhvervsstyrelsen|"
    r"\w*kommune|kl|socialstyrelsen|sbst|udbetalingdanmark|atp|dst|familieretshuset|erstatningsnaevnet|europa|kriminalforsorgen|workindenmark|"
    r"cmm|dukh|ssi|hiv|lev?udenvold|livslinien|reden\w*|danner|kirkenskorshaer|kofoedsskole|aidsfondet|checkpoint|sexlinien|sexogsamfund|"
    r"mandecentret|headspace|lgbt|gadejuristen|settlementet|stenbroensjurister|roedekors|bornsvilkar|mixitonline|redbarnet|frelsenshaer|"
    r"sexarbejde\w*|dr|tv2\w*|bt|ekstrabladet|politiken|berlingske|jyllands-posten|information|wikipedia|google|rejseplanen|krak|apoteket|"
    r"dinero|billy)\.\w{2,3}$"
)
_PLACE_ON_A_MAP = "maps"
# Where anybody has a host of their own.
_HOSTED = re.compile(r"[\w-]+\.(?:wordpress|blogspot|wixsite|weebly|jimdo\w*|tumblr|simplesite|carrd|webnode|onlyfans)\.\w{2,4}$")
_SAYS_OWN = re.compile(
    r"\b(?:min|mit|mine|hendes|hans|vores|my|her|his)(?: \w+){0,2} "
    r"(?:side|hjemmeside|website|web|profil|annonce|webside|link|blog|page|profile|ad|konto|kanal)\b"
    r"|\bfind(?:es|er)? (?:mig|hende|ham|me)\b|\b(?:jeg|hun|han) (?:er|ligger|står|annoncerer) på\b"
)
_BIG_SITE = re.compile(
    r"(?:^|\.)(?:facebook|instagram|onlyfans|telegram|whatsapp|snapchat|tiktok|twitter|x|youtube|tinder|gmail|hotmail|outlook|escort\w*|"
    r"paypal|linkedin|reddit|discord|skype|booking|airbnb|dba|annoncelight|sugardaters?)\.\w{2,4}$"
)


def find_links(text: Text) -> Iterator[Span]:
    """Links in `text` that lead to a person: every page that is no public body's, and a bare host that is said to be one's own."""
    for match in _LINK.finditer(text.plain):
        link = match[0].rstrip(".,;:!?)]}»\"'")
        if _is_somebodys(link, text.plain[: match.start()]):
            yield Span(match.start(), match.start() + len(link), "link")


def _is_somebodys(link: str, before: str) -> bool:
    host, _, path = re.sub(r"^(?:https?://)?(?:www\.)?", "", link).partition("/")
    host = re.split(r"[:?#]", host)[0]
    if (_PUBLIC_HOST.search(host) or host in public().hosts) and not path.startswith(_PLACE_ON_A_MAP):
        return False
    if path or "?" in link or _HOSTED.search(host):
        return True
    return _SAYS_OWN.search(before) is not None and not _BIG_SITE.search(host)
