"""How `key-file-1.json` was made: `python tests/vectors/make_key_file_1.py`. It never writes over a vector.

Key files with a passphrase and sheets of words, good and broken. The first file has the cost that Kuule writes; the
others are cheap, so that a test of many is quick.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

from kuule.opening.key_shares import split_key
from kuule.opening.private_key import PrivateKey
from kuule.opening.protected_key import DEFAULT_ARGON2, Argon2Parameters, Passphrase, protect_key
from kuule.sealing.key_text import KeyText, read_key_text, write_key_text
from kuule.sealing.share_threshold import ShareThreshold

SECRET = bytes.fromhex("2b" * 16 + "e5" * 16)
WORDS = "academic ladybug ordinary realize snapshot walnut yoga zero"
CHEAP = Argon2Parameters(memory=64, passes=2, lanes=2)
LENGTH = 82


def altered(text: str, at: int, put: bytes) -> str:
    content = read_key_text(text, kind="protected", length=LENGTH, place="vector").content
    return write_key_text(KeyText("protected", False, content[:at] + put + content[at + len(put) :]), "altered")


def files() -> list[dict[str, object]]:
    real, practice = (PrivateKey.generate(SECRET, rehearsal=rehearsal) for rehearsal in (False, True))
    salt = bytes(range(16))
    cheap = protect_key(real, Passphrase(WORDS), salt=salt, cost=CHEAP)
    text = "Blåbär på Åland"
    return [
        {
            "name": "as Kuule writes it",
            "text": protect_key(real, Passphrase(WORDS), salt=salt, cost=DEFAULT_ARGON2),
            "passphrase": WORDS,
        },
        {"name": "cheap", "text": cheap, "passphrase": WORDS},
        {
            "name": "for rehearsal",
            "text": protect_key(practice, Passphrase(WORDS), salt=salt, cost=CHEAP),
            "passphrase": WORDS,
        },
        {"name": "not words", "text": protect_key(real, Passphrase(text), salt=salt, cost=CHEAP), "passphrase": text},
        {"name": "another passphrase", "text": cheap, "passphrase": "academic", "code": "KEY_040"},
        {"name": "salt altered", "text": altered(cheap, 10, b"\xff"), "passphrase": WORDS, "code": "KEY_040"},
        {"name": "key id altered", "text": altered(cheap, 26, b"\xff"), "passphrase": WORDS, "code": "KEY_040"},
        {"name": "secret altered", "text": altered(cheap, 34, b"\xff"), "passphrase": WORDS, "code": "KEY_040"},
        {"name": "tag altered", "text": altered(cheap, 81, b"\xff"), "passphrase": WORDS, "code": "KEY_040"},
        {"name": "cost altered", "text": altered(cheap, 8, b"\x03"), "passphrase": WORDS, "code": "KEY_040"},
        {"name": "another function", "text": altered(cheap, 0, b"\x02"), "passphrase": WORDS, "code": "KEY_041"},
        {"name": "too much memory", "text": altered(cheap, 1, b"\xff"), "passphrase": WORDS, "code": "KEY_041"},
        {"name": "a letter wrong", "text": cheap.replace("A", "B", 1), "passphrase": WORDS, "code": "KEY_004"},
        {
            "name": "the last line missing",
            "text": "\n".join(cheap.splitlines()[:2]),
            "passphrase": WORDS,
            "code": "KEY_004",
        },
    ]


def sheets() -> list[dict[str, object]]:
    real = PrivateKey.generate(SECRET, rehearsal=False)
    one, two, three = (list(share.words) for share in split_key(real, ShareThreshold(2, 3)))
    other = list(split_key(real, ShareThreshold(2, 3))[1].words)
    swapped = [*one[:9], one[10], one[9], *one[11:]]
    return [
        {"name": "1 and 2", "sheets": [one, two]},
        {"name": "3 and 1", "sheets": [three, one]},
        {"name": "first letters", "sheets": [[word[:4].upper() for word in two], three]},
        {"name": "one alone", "sheets": [one], "code": "KEY_036"},
        {"name": "the same twice", "sheets": [one, one], "code": "KEY_035"},
        {"name": "of another splitting", "sheets": [one, other], "code": "KEY_034"},
        {"name": "a word wrong", "sheets": [one, [*two[:6], "zero", *two[7:]]], "code": "KEY_033"},
        {"name": "two words swapped", "sheets": [swapped, two], "code": "KEY_033"},
        {"name": "a word missing", "sheets": [one, two[:-1]], "code": "KEY_032"},
    ]


def main() -> None:
    target = Path(__file__).with_name("key-file-1.json")
    if target.exists():
        sys.exit(f"{target.name} is there, and a released vector is not edited")
    real = PrivateKey.generate(SECRET, rehearsal=False).public
    content = {
        "secret": SECRET.hex(),
        "key_id": real.key_id.hex(),
        "fingerprint": real.fingerprint,
        "fingerprint_words": real.fingerprint_words,
        "public": base64.b64encode(real.raw).decode("ascii"),
        "files": files(),
        "sheets": sheets(),
    }
    target.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
