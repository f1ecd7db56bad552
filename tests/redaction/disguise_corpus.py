"""Contacts in the disguises that people use. All names are reserved ones or made up here.

`python -m bench stripping` measures what is found of them, and a test holds the figure.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from kuule.redaction.stripped_kinds import StrippedKind

_HOSTS = ("example.com", "sample.example.org", "a-b.example.net")
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_HEX = "0123456789abcdef"


def _drawn(letters: str, length: int, seed: int) -> str:
    return "".join(random.Random(seed).choices(letters, k=length))


def onion_address(seed: int) -> str:
    """A name of the form of a version 3 onion service, of nobody."""
    return f"{_drawn(_BASE32, 55, seed)}d.onion"


def _wide(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def _bold(text: str) -> str:
    return "".join(chr(0x1D41A + ord(one) - 97) if "a" <= one <= "z" else one for one in text)


def _circled(text: str) -> str:
    return "".join(chr(0x24D0 + ord(one) - 97) if "a" <= one <= "z" else one for one in text)


def _cyrillic(text: str) -> str:
    return text.translate(str.maketrans("aeopcx", "аеорсх"))


_DOTS: tuple[tuple[str, str], ...] = (
    ("bracket", "[.]"),
    ("round", "(.)"),
    ("curly", "{.}"),
    ("word in brackets", "[dot]"),
    ("word in round", "(dot)"),
    ("capitals in round", "(DOT)"),
    ("spaced word", " dot "),
    ("capitals", " DOT "),
    ("spaced", " . "),
    ("space before", " ."),
    ("spaced bracket", " [.] "),
    ("spaced word in round", " (dot) "),
    ("underscores", "_dot_"),
    ("dashes", "-dot-"),
    ("ideographic", "。"),
    ("one dot leader", "․"),
    ("small", "﹒"),
    ("wide", "．"),
    ("in stars", "*dot*"),
    ("no space", "(dot) "),
    ("angle", "<dot>"),
    ("German", " punkt "),
    ("Finnish", " piste "),
    ("Spanish", " punto "),
    ("Portuguese", " ponto "),
    ("Russian", " точка "),
    ("French", " point "),
    ("Arabic", " نقطة "),
    ("Turkish", " nokta "),
    ("Polish", " kropka "),
)
_SPELLINGS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("as it is", str),
    ("capitals", str.upper),
    ("title", str.title),
    ("wide", _wide),
    ("bold", _bold),
    ("circled", _circled),
    ("spelt out", " ".join),
    ("zero width", "\u200b".join),
    ("soft hyphens", "\u00ad".join),
    ("joiners", "\u200d".join),
    ("look-alikes", _cyrillic),
    ("accents", lambda text: text.replace("e", "e\u0301")),
    ("turned", lambda text: f"\u202e{text[::-1]}\u202c"),
    ("quoted", lambda text: f"“{text}”"),
    ("in round brackets", lambda text: f"({text})"),
    ("struck out", "\u0336".join),
    ("line break", lambda text: text.replace(".", "\n.")),
)
_SCHEMES = (
    "http://",
    "https://",
    "HTTPS://",
    "hxxp://",
    "hxxps://",
    "hXXp://",
    "h**p://",
    "htxp://",
    "http:// ",
    "http : // ",
    "https[:]//",
    "http[://]",
    "https:\\\\",
    "http:/",
    "h t t p s : / / ",
    "ftp://",
    "www.",
    "WWW.",
    "www . ",
    "http ",
    "https;//",
    "ipfs://",
)
_PATHS = ("/", "/a", "/a/b?c=d#e", ":8080", ":8080/x", "?v=1", "/%D0%B0", "/путь")
_ATS = (
    "@",
    " @ ",
    "[at]",
    "(at)",
    " (at) ",
    " [at] ",
    "{at}",
    "(AT)",
    "＠",
    "[@]",
    "_at_",
    " at ",
    "(ät)",
    " arroba ",
    "(собака)",
    "﹫",
)
_MESSENGERS = (
    "telegram: {}",
    "Telegram - {}",
    "tg: {}",
    "TG = {}",
    "wickr: {}",
    "session id: {}",
    "kik: {}",
    "discord: {}",
    "Signal: {}",
    "whatsapp: {}",
    "snap: {}",
    "snapchat is {}",
    "skype:{}",
    "threema: {}",
    "insta: {}",
    "телеграм: {}",
    "тг: {}",
    "واتساب: {}",
    "telegram user: {}",
    "kik name: {}",
    "@{}",
    "@ {}",
    "＠{}",
    "#{}:example.org",
    "@{}:example.org",
    "{}#1234",
    "{}.42",
    "u/{}",
    "/u/{}",
    "xmpp:{}",
    "line: {}",
    "微信: {}",
)


def disguised_contacts() -> Iterator[tuple[StrippedKind, str, str]]:
    """Its kind, the name of its disguise, and a contact that is disguised: several hundred."""
    yield from _links()
    yield from _mail()
    for pattern in _MESSENGERS:
        for name in ("samplename", "sample_name7"):
            yield StrippedKind.HANDLES, pattern, pattern.format(name)
    for number in (
        "+358401234567",
        "+358 40 123 4567",
        "040-123 4567",
        "(040) 1234567",
        "0401234567",
        "00358 40 1234567",
        "٠٤٠١٢٣٤٥٦٧",
        "०४०१२३४५६७",
        "040.123.45.67",
        "+44 20 7946 0000",
        "０４０１２３４５６７",
        "+1 (555) 010-0000",
    ):
        yield StrippedKind.HANDLES, "phone number", number
    yield from _codes()
    yield from _sites()


def _links() -> Iterator[tuple[StrippedKind, str, str]]:
    for scheme in _SCHEMES:
        for host in _HOSTS:
            yield StrippedKind.LINKS, f"scheme {scheme!r}", f"{scheme}{host}"
    for path in _PATHS:
        for host in _HOSTS[:2]:
            yield StrippedKind.LINKS, f"path {path!r}", f"{host}{path}"
    for name, write in _SPELLINGS:
        for address in ("https://example.com/a", onion_address(1)):
            yield StrippedKind.LINKS, f"spelling {name!r}", write(address)
    for name, dot in _DOTS:
        yield StrippedKind.LINKS, f"onion, dot {name!r}", onion_address(2).replace(".", dot)
        yield StrippedKind.LINKS, f"scheme, dot {name!r}", "https://example.com/a".replace(".", dot)
    yield StrippedKind.LINKS, "magnet", f"magnet:?xt=urn:btih:{_drawn(_HEX, 40, 3)}&dn=x"
    yield StrippedKind.LINKS, "magnet without a name", f"magnet: ?xt=urn:btih:{_drawn(_HEX, 40, 3)}"
    for address in (
        "192.0.2.1",
        "192.0.2.1:8080",
        "http://192.0.2.1/a",
        "192[.]0[.]2[.]1",
        "2001:db8:0:0:0:0:0:1",
        "[2001:db8::8:800:200c:417a]",
    ):
        yield StrippedKind.LINKS, "number of a host", address
    for cid in (f"Qm{_drawn(_BASE58, 44, 4)}", f"bafy{_drawn(_BASE32, 55, 5)}"):
        for address in (cid, f"ipfs://{cid}", f"/ipfs/{cid}", f"https://example.com/ipfs/{cid}"):
            yield StrippedKind.LINKS, "IPFS", address


def _mail() -> Iterator[tuple[StrippedKind, str, str]]:
    for at in _ATS:
        for name in ("some.name", "name99"):
            yield StrippedKind.MAIL, f"at {at!r}", f"{name}{at}example.org"
    for at in _ATS[:8]:
        for dot_name, dot in _DOTS[:10]:
            yield StrippedKind.MAIL, f"at {at!r}, dot {dot_name!r}", f"some.name{at}example{dot}org"
    for name, write in _SPELLINGS:
        yield StrippedKind.MAIL, f"spelling {name!r}", write("some.name@example.org")


def _codes() -> Iterator[tuple[StrippedKind, str, str]]:
    for letters, alphabet in (("hex", _HEX), ("base 32", _BASE32), ("base 58", _BASE58)):
        for length in (16, 20, 26, 32, 40, 56, 64):
            for seed in range(2):
                yield StrippedKind.CODES, f"{letters} of {length}", _drawn(alphabet, length, 10 * length + seed)
    code = _drawn(_BASE32, 32, 6)
    for sign in " -.":
        yield StrippedKind.CODES, f"groups with {sign!r}", sign.join(code[at : at + 4] for at in range(0, 32, 4))
    yield StrippedKind.CODES, "uuid", "123e4567-e89b-12d3-a456-426614174000"
    for name, write in _SPELLINGS:
        if "break" not in name and name != "title":
            yield StrippedKind.CODES, f"spelling {name!r}", write(code)


def _sites() -> Iterator[tuple[StrippedKind, str, str]]:
    for name, dot in _DOTS:
        for host in ("example.com", "sample.example.org"):
            yield StrippedKind.SITES, f"dot {name!r}", host.replace(".", dot)
    for name, write in _SPELLINGS:
        for host in ("example.com", "sample.example.org"):
            yield StrippedKind.SITES, f"spelling {name!r}", write(host)
    for host in (
        "example,com",
        "example. com",
        "example/com",
        "example•com",
        "example·com",
        "example.c0m",
        "пример.рф",
        "παράδειγμα.ελ",
        "مثال.موقع",
        "例え.みんな",
        "उदाहरण.भारत",
        "xn--e1afmkfd.xn--p1ai",
        "example.co.uk",
        "example.to",
        "example.ru",
        "example.io",
    ):
        yield StrippedKind.SITES, "other endings", host


AROUND = (
    "{}",
    "I went to {} again.",
    "see {}, then stop",
    "Я нашёл {} случайно.",
    "وجدت {} صدفة",
    "löysin {} vahingossa",
)
"""What stands around a contact."""
