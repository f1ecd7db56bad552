"""Lines of keys in TOML, which the parser does not tell."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from kuule.study.settings.toml_lines import key_lines
from tests.frozen import OUR_VOICE

WRITTEN = '''\
id = "a"  # not b = 1
text = """
c = 1
[d]
"""
list = [
  "]", "e = 1",
  { f = 1 },
]

[tables . "with.dot"]
g.h = { i = 1 }
  'quoted' = 2
[[many]]
j = 1
[[many]]
j = 2
'''


def test_each_key_has_its_line_and_is_marked_in_it() -> None:
    found = key_lines(WRITTEN)
    marked = {name: (line.line, line.text[line.start : line.end]) for name, line in found.items()}
    assert marked == {
        "id": (1, "id"),
        "text": (2, "text"),
        "list": (6, "list"),
        "tables.with.dot": (11, 'tables . "with.dot"'),
        "tables.with.dot.g.h": (12, "g.h"),
        "tables.with.dot.quoted": (13, "'quoted'"),
        "many": (14, "many"),
        "many.j": (15, "j"),
        "many 1": (14, "many"),
        "many 1.j": (15, "j"),
        "many 2": (16, "many"),
        "many 2.j": (17, "j"),
    }


def test_lines_end_as_on_any_system() -> None:
    assert key_lines("a = 1\r\nb = 2\r\n")["b"].text == "b = 2"
    assert key_lines("") == {}


def names(table: Mapping[str, object], before: str = "") -> Iterator[str]:
    for key, value in table.items():
        yield f"{before}{key}"
        if isinstance(value, Mapping):
            yield from names(value, f"{before}{key}.")


@pytest.mark.parametrize("file", ["study.toml", "rehearsal.toml"])
def test_nothing_is_found_that_the_parser_does_not_find(file: str) -> None:
    path: Path = OUR_VOICE / file
    text = path.read_text("utf-8")
    found = set(key_lines(text))
    assert len(found) > 10
    assert found - set(names(tomllib.loads(text))) == set()
