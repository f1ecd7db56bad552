"""In texts that run from the right, signs at the edge of a Latin word stay at their edge.

".xlsx" reads "xlsx." there and "https://" reads "//:https", since a dot or a slash beside a space takes the direction
of the text (UAX 9). A LEFT-TO-RIGHT MARK beside the sign keeps it, or an isolate around the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kuule.languages import catalogues
from kuule.languages.cldr.tags import find_language
from kuule.languages.gettext.shipped_words import shipped_languages

ROOT = Path(__file__).parents[2]
FOLDERS = (*sorted(Path(catalogues.__file__).parent.glob("*/")), *sorted(ROOT.glob("studies/*/languages")))
FILES = [
    path
    for folder in FOLDERS
    for path in sorted(folder.glob("*.po"))
    if path.stem in shipped_languages() and find_language(path.stem).rtl
]
_TRANSLATED = re.compile(r'^msgstr(?:\[\d\])? "(.*)"$', re.MULTILINE)
_FILLED_IN = re.compile(r"\{\{.*?\}\}|\{\w+\}")
_MARKUP = re.compile(r"\]\([^)]*\)|\\n")
_KEPT = "\u200e\u2066\u2068\u2069"
_TURNED = re.compile(
    rf"(?<![\w.{_KEPT}])[./#@+~-]+(?=[A-Za-z])\S*|[A-Za-z][\w.]*(?::/+|[/#@+-]+)(?![\w/{_KEPT}])"
)  # fmt: skip


def turned(text: str) -> list[str]:
    """The Latin words of a text with a sign that would stand at their other edge."""
    return _TURNED.findall(_MARKUP.sub(" ", _FILLED_IN.sub("\u200e", text)))


def translated(path: Path) -> Iterator[str]:
    """Each text of a PO file, as `po_bytes` writes it: in one line."""
    yield from _TRANSLATED.findall(path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parents[1].name}-{path.parent.name}-{path.stem}")
def test_no_sign_beside_a_latin_word_changes_its_side(path: Path) -> None:
    texts = list(translated(path))
    assert len(texts) > 1
    assert {text: found for text in texts if (found := turned(text))} == {}


def test_arabic_and_persian_are_looked_at_in_every_catalogue() -> None:
    assert {path.stem for path in FILES} == {"ar", "fa"}
    assert len(FILES) >= 18


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("مصنّف (.xlsx) من", [".xlsx)"]),
        ("يبدأ بـ https:// أو", ["https://"]),
        ("(LGBTQI+)", ["LGBTQI+"]),
        ("مع --hash", ["--hash"]),
        ("مصنّف (\u200e.xlsx) من", []),
        ("يبدأ بـ https://\u200e أو", []),
        ("\u2066.onion\u2069", []),
        ("انظر example.org/k7، و JSON-LD. ثم {address}/ar", []),
    ],
)
def test_what_would_turn_is_seen(text: str, found: list[str]) -> None:
    assert turned(text) == found
