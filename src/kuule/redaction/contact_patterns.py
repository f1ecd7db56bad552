"""What a contact of each kind looks like, in a text that `undisguising` has written out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from kuule.languages.checks.contact_checks.top_level_domains import TOP_LEVEL_DOMAINS
from kuule.redaction.stripped_kinds import StrippedKind

_LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
"""Everything that repeats is bounded, so that the longest text takes no time."""
_HOST = rf"(?<![a-z0-9@.-])(?:{_LABEL}\.){{1,8}}[a-z][a-z0-9-]{{0,61}}[a-z0-9](?![a-z0-9])"
_END = r"[^\s<>\"“”«»（）、。]"
_ANY_CASE = re.IGNORECASE


def _compiled(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), _ANY_CASE)


_LINK = _compiled(
    rf"(?<![a-z0-9])[a-z*][a-z0-9*+.-]{{1,15}}:[/\\]{{2,3}}{_END}+",
    rf"(?<![a-z0-9])h[tx*]{{2}}ps?(?:[:;/\\.|]+|[^\S\n]+(?=[a-z0-9-]+\.[a-z])){_END}+",
    rf"(?<![a-z0-9])(?:magnet:[^\S\n]*\??|ed2k:|data:[a-z]+/|urn:btih:|ipfs:|ipns:|cjdns:|tox:|blob:|javascript:){_END}+",
    rf"(?<![a-z0-9])(?:www\d?|vvvvvv|wvvw)\.{_END}{{2,}}",
    rf"(?<![a-z0-9])(?:{_LABEL}\.){{0,8}}[a-z0-9]{{2,63}}\.(?:[o0]ni[o0]n|i2p|loki|bit)\b(?:[:/]{_END}*)?",
    rf"{_HOST}(?::\d{{2,5}}|[/?#]{_END}+|[^\S\n]*:[^\S\n]*\d{{4,5}}\b)(?:/{_END}*)?",
    r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?(?:/\S*)?(?![\d.]*\d)",
    r"(?<![\w:])\[?(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4}\]?(?![\w:])",
    rf"/?ip[fn]s/{_END}{{8,}}",
    r"(?<![a-z0-9])urn:[a-z0-9]+:\S+",
)
_CONTENT_ID = re.compile(r"(?<![A-Za-z0-9])(?:Qm[1-9A-HJ-NP-Za-km-z]{40,}|baf[a-z2-7]{40,}|k51[a-z0-9]{40,})")
_AT = "at|arroba|chiocciola|собака|ät"
_MAIL_HOSTS = "gmail|googlemail|hotmail|outlook|yahoo|proton|protonmail|tutanota|tuta|gmx|icloud|yandex|onionmail|cock"
_MAIL = _compiled(
    rf"(?:mailto:)?[^\s@<>()\[\],;:\"]{{1,64}}[^\S\n]?@[^\S\n]?(?:{_LABEL}\.){{1,8}}[a-z0-9-]{{2,63}}",
    r"[^\s@<>()\[\],;:\"]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,63}",
    rf"(?<!\w)(?=[\w+-]{{0,63}}[\d_.])[\w.+-]{{1,64}}[^\S\n]{{1,3}}(?:{_AT})[^\S\n]{{1,3}}(?:{_LABEL}\.){{1,8}}[a-z]{{2,63}}\b",
    rf"(?<!\w)[\w+-]{{1,64}}[^\S\n]{{1,3}}(?:{_AT})[^\S\n]{{1,3}}"
    rf"(?:{_MAIL_HOSTS})\.[a-z.]{{2,20}}\b",
)
_MESSENGERS = (
    r"telegram|telegramm|tele|tg|wickr|session|kik|discord|signal|whats[ -]?app|wapp|snapchat|snap|skype|threema|jabber"
    r"|xmpp|icq|viber|insta|instagram|element|matrix|simplex|tox|teleguard|line|wechat|weixin|qq|zangi|potato|briar|ricochet"
    r"|facebook|twitter|tiktok|onlyfans|roblox|steam|reddit|mega"
    r"|телеграмм?|телега|тг|вк|ватсапп?|вайбер|скайп|дискорд|сигнал|инста"
    r"|تلغرام|تيليجرام|تيليغرام|تلجرام|واتساب|واتس|سناب|سكايب|微信|电报|ライン|라인|텔레그램|तेलग्राम|टेलीग्राम"
)
_ACCOUNT = r"(?:[^\S\n]*(?:id|user|username|name|nick|nickname|handle|account|ник|имя))?"
_HANDLE = _compiled(
    r"(?<![\w.])@[\w.:-]{2,}\w",
    r"(?<![\w.])@[^\S\n](?=[\w.]*[\d_.])[\w.]{2,}\w",
    r"(?<![\w/])[#!][a-z0-9_.-]{1,64}:[a-z0-9.-]{1,64}\.[a-z]{2,20}",
    r"(?<!\w)[^\W_][\w.]{1,31}#\d{4}\b",
    r"(?<![\w.@-])[^\W\d_]\w{3,31}\.\d{2,4}(?!\w)",
    r"(?<!\w)/?[ur]/[\w-]{3,}",
    r"(?<!\w)(?:skype|callto|facetime|sips?|xmpp|tg|sgnl|viber|whatsapp|tel|sms|session|simplex|threema|openpgp4fpr):"
    rf"{_END}+",
    rf"(?<!\w)(?:{_MESSENGERS}){_ACCOUNT}[^\S\n]*(?:[:=~]|[-–—]+>|[-–—](?=[^\S\n]))[^\S\n]*[\w.@+-]{{3,}}",
    rf"(?<!\w)(?:{_MESSENGERS}){_ACCOUNT}(?:[^\S\n]+is)?[^\S\n]+(?=[\w.-]*[\d_])(?=[\w.-]*[^\W\d_])[\w.-]{{4,}}",
)
_PHONE = re.compile(r"(?<![\w.])(?:\+[^\S\n]?|\(\+?|00)?\d(?:[^\S\n]?[().\-–/]?[^\S\n]?[().]?\d){6,}(?!\w)")
_YEARS_OR_DATES = re.compile(
    r"(?:(?:19|20)\d\d(?:\W{1,3}(?:19|20)\d\d)+|\d{1,2}\W{1,2}\d{1,2}\W{1,2}\d{2,4}|\d{4}\W\d{1,2}\W\d{1,2}"
    r"|[\d.]*\d(?:[., ]000)+)"
)
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_LONG = re.compile(rf"{_UUID}|(?<![A-Za-z0-9])[A-Za-z0-9_]{{16,}}={{0,2}}(?![A-Za-z0-9])", re.ASCII | _ANY_CASE)
_INVITE = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]{4,}(?:-[A-Za-z0-9]{4,}){2,}(?![\w-])")
_GROUPS = re.compile(r"(?<!\w)(?:[A-Za-z0-9]{4,8}[ \-.:]){3,}[A-Za-z0-9]{4,8}(?!\w)")
_HEX_PAIRS = re.compile(r"(?<!\w)(?:[0-9a-f]{2}[ :-]){7,}[0-9a-f]{2}(?!\w)", _ANY_CASE)
_SITE = _compiled(_HOST)
_SITE_ELSEWHERE = re.compile(r"(?<![\w@.-])(?:[\w-]{1,63}\.){1,8}([^\W\d_a-zA-Z]{2,63})(?![\w-])")
_ABBREVIATIONS = frozenset({"m.in", "m.st", "p.es", "b.sc"})
_OLDER_ENDINGS = frozenset({"com", "org", "net", "c0m", "0rg", "app", "zip", "mov", "to", "gg", "link"})


def _links(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for pattern in (_LINK, _CONTENT_ID) for match in pattern.finditer(text))


def _mail(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _MAIL.finditer(text))


def _handles(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _HANDLE.finditer(text))
    for match in _PHONE.finditer(text):
        if not _YEARS_OR_DATES.fullmatch(match[0]):
            yield match.span()


def _codes(text: str) -> Iterator[tuple[int, int]]:
    for match in _LONG.finditer(text):
        if _looks_made(match[0]):
            yield match.span()
    for match in _GROUPS.finditer(text):
        if sum(_is_mixed(group) for group in re.split(r"\W", match[0])) > 1:
            yield match.span()
    for pattern in (_INVITE, _HEX_PAIRS):
        yield from (match.span() for match in pattern.finditer(text) if _is_mixed(match[0]))


def _is_mixed(written: str) -> bool:
    return any(map(str.isdigit, written)) and any(map(str.isalpha, written))


def _looks_made(written: str) -> bool:
    """Whether a long run of letters and digits is no word: digits among its letters, capitals all over, or letters that
    nobody could say."""
    letters = [one for one in written if one.isalpha()]
    if sum(map(str.isdigit, written)) > 1 or not letters:
        return True
    turns = sum(before.islower() and after.isupper() for before, after in pairwise(written))
    vowels = sum(one in "aeiouyAEIOUY" for one in letters)
    return turns > 3 or vowels / len(letters) < 0.22


def _sites(text: str) -> Iterator[tuple[int, int]]:
    for match in _SITE.finditer(text):
        before, _, ending = match[0].rpartition(".")
        if _is_site(before, ending):
            yield match.span()
    for match in _SITE_ELSEWHERE.finditer(text):
        if match[1].lower() in TOP_LEVEL_DOMAINS:
            yield match.span()


def _is_site(before: str, ending: str) -> bool:
    """Whether a last part is that of a host, and not the beginning of a sentence ("ended.In") or an abbreviation."""
    small = ending.lower()
    if f"{before}.{ending}".lower() in _ABBREVIATIONS or not any(map(str.isalpha, before)):
        return False
    if small in _OLDER_ENDINGS:
        return True
    began_sentence = ending[0].isupper() and not ending.isupper()
    return (small in TOP_LEVEL_DOMAINS or small.startswith("xn--")) and not began_sentence


FINDERS: tuple[tuple[StrippedKind, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    (StrippedKind.LINKS, _links),
    (StrippedKind.MAIL, _mail),
    (StrippedKind.HANDLES, _handles),
    (StrippedKind.CODES, _codes),
    (StrippedKind.SITES, _sites),
)
"""How each kind is found, in the order in which they are looked for: what one has found, the next does not see."""
