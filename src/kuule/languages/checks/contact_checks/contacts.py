"""A translation contains no contact that its source does not contain: no phone number, e-mail address, host or handle.

`links` looks for links. This module finds what a person could copy, in any script and spelling: a number, an address
without its scheme, the name of an account. Numbers written as words and names without a sign are left to reviewers
(docs/decisions/0046).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kuule.core.text_cache import cache_by_text
from kuule.languages.checks.contact_checks.links import may_have_address
from kuule.languages.checks.contact_checks.plain_spelling import DOT_WORDS, plain_spelling
from kuule.languages.checks.contact_checks.top_level_domains import GENERIC_DOMAINS, TOP_LEVEL_DOMAINS
from kuule.languages.checks.finding import Finding
from kuule.languages.workflow.entries import Entry

CODE = "LANG_016"

_LEAST_DIGITS = 5
_NUMBER = re.compile(r"[0-9](?:[^\w]{0,3}_?[0-9])+")
_GROUP = re.compile(r"[0-9]+")
_MAIL = re.compile(r"(?<![^\s@<>()])[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]{2,}")
_HANDLE = re.compile(r"(?<!\w)@\s*\w[\w.]+")
_NUMBERED = re.compile(r"(?<![\w.@-])[^\W\d_]\w{3,31}\.[0-9]{2,9}(?!\w)(?=(\s+\w)?)")
"""A name with a number after a dot, like the user names of Signal; and whether it continues as a sentence."""
_SCHEME = re.compile(
    r"\b(?:[a-z][a-z0-9+-]{1,60}:[/\\]{2}|(?:mailto|skype|callto|facetime|sip|xmpp|tg|sgnl|viber|whatsapp|magnet):)\S+",
    re.IGNORECASE,
)
"""`http` too: whatever `links` recognises has been removed, so what is left is spelt in another way."""
_IPV6 = re.compile(r"(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4}(?![\w:])", re.IGNORECASE)
_LABEL = r"[^\W_](?:[\w-]*\w)?"
_HOST = re.compile(rf"(?<![\w@.-])((?:{_LABEL}\.)+)(xn--[a-z0-9-]+|[^\W\d_]{{2,24}})(?![\w-])(\.?)", re.IGNORECASE)
_SIGNS = re.compile(r"[0-9@]|\w\.\w|[a-z]:\S|:[0-9a-f]{0,4}:", re.IGNORECASE)
"""Every contact contains one of these."""
_SIGN = re.compile(r"[0-9@:]|\.\w")
"""Part of each of them, and looked for in a fifth of the time."""
_ENDS_SAID = ("com", "org", "net", "nfo", "oni", "on\u0131", "_dot_")
"""In small letters, part of each ending in `_SAID`, also where a dotless or dotted I of Turkish is in it."""
_MIDDLE_DOTS = "·•‧∙⋅・⸱٫۔।"
_MIDDLE_DOT = re.compile(f"[{_MIDDLE_DOTS}]")
_MIDDLE = re.compile(
    rf"(?<=\w)[^\S\n]?[{_MIDDLE_DOTS}][^\S\n]?(?=(?:{'|'.join(sorted(GENERIC_DOMAINS))})\b)", re.IGNORECASE
)
_SAID = re.compile(
    rf"(?:(?<=[^\W_])|(?<=[^\w\s-]_))[\s_-]++(?:{'|'.join(DOT_WORDS)})[\s_-]++(?=(?:com|org|net|info|onion)\b)"
    r"|(?<=[^\W_])_dot_(?=[^\W_])",
    re.IGNORECASE,
)
"""It begins where signs between words begin, and takes none back: a line of underscores takes no longer than its
length."""
_MENTION = re.compile(r"(?<!\w)\.([a-z]{2,24})\b")
"""An ending that the source only mentions ("an address that ends in .onion") and that is no host there."""
_ABBREVIATIONS = frozenset({"m.in", "m.st", "p.es"})
"""Polish "among others" and "capital city", Italian "for example": with a full stop after them they are no hosts."""
_LINK = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
"""Reported by `links`, so that one address is one problem."""


def check(entry: Entry) -> Iterator[Finding]:
    """Numbers of five digits or more in any script and with any separators, e-mail addresses, host names in any script,
    handles, and addresses with other schemes."""
    mentioned = _mentioned(entry.source)
    text = re.sub(rf"(?<!\w)\.(?={'|'.join(mentioned)})", " ", entry.text) if mentioned else entry.text
    found = _contacts(_LINK.sub(" ", text) if may_have_address(text) else text)
    if not found:
        return
    allowed, groups = _contacts(entry.source), frozenset(_GROUP.findall(plain_spelling(entry.source)))
    numbers = {number for number, parts in found if parts and (parts <= groups)}
    for contact in sorted({contact for contact, _ in found} - {contact for contact, _ in allowed} - numbers):
        remedy = "take it out; where it is no contact, put a space behind the full stop"
        yield Finding(f"it has {contact!r}, which the source does not have", remedy)


def may_spell_host(text: str) -> bool:
    """Whether a text without digits and signs says a host in words: "example dot org"."""
    small = text.lower()
    return any(end in small for end in _ENDS_SAID) and _SAID.search(text) is not None


@cache_by_text(2048)  # sources are the same for all languages
def _contacts(text: str) -> frozenset[tuple[str, frozenset[str]]]:
    """Each contact and, for a number, the groups of digits that it consists of."""
    plain = plain_spelling(text)
    if _MIDDLE_DOT.search(plain):
        plain = _MIDDLE.sub(".", plain)
    small = plain.lower()
    if any(end in small for end in _ENDS_SAID):
        plain = _SAID.sub(".", plain)
    if not _SIGN.search(plain) or not _SIGNS.search(plain):
        return frozenset()
    found = {
        (number, groups) for number, groups in map(_number, _NUMBER.findall(plain)) if len(number) >= _LEAST_DIGITS
    }
    others = (*_MAIL.findall(plain), *_HANDLE.findall(plain), *_SCHEME.findall(plain), *_IPV6.findall(plain))
    named = (match for match in _NUMBERED.finditer(plain))
    accounts = {(match[0], frozenset(_GROUP.findall(match[0])) if match[1] else frozenset[str]()) for match in named}
    return frozenset(found | accounts | {(other, frozenset[str]()) for other in (*others, *_hosts(plain))})


@lru_cache(maxsize=2048)
def _mentioned(source: str) -> tuple[str, ...]:
    return tuple(_MENTION.findall(source))


def _number(written: str) -> tuple[str, frozenset[str]]:
    groups = _GROUP.findall(written)
    return "".join(groups), frozenset(groups)


def _hosts(plain: str) -> Iterator[str]:
    for before, ending, stop in _HOST.findall(plain):
        host = f"{before}{ending}".lower()
        if _is_ending(before, ending) and not (stop and host in _ABBREVIATIONS):
            yield host


def _is_ending(before: str, ending: str) -> bool:
    """Whether a last part is that of a host, rather than the start of a sentence ("One.Two") or an abbreviation
    ("t.ex", "EE.UU")."""
    if ending.lower() in TOP_LEVEL_DOMAINS or ending.lower().startswith("xn--"):
        return True
    short = any(len(label) == 1 for label in before.split(".") if label)
    return ending[0].islower() and not short
