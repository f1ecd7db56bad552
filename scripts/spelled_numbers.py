"""Write src/kuule/languages/number_words/spelled_numbers.csv from CLDR's rules for spelling numbers out.

The rules are read through the ICU library of this machine (Debian: libicu76), which is needed for nothing else: what
ships is the table. The data is CLDR's, under the Unicode License V3. Usage: python scripts/spelled_numbers.py
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterator
from ctypes.util import find_library
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src" / "kuule" / "languages" / "number_words" / "spelled_numbers.csv"
_SPELLED_OUT, _DEFAULT_RULES, _RULES = 5, 6, 7
"""Constants of ICU's unum.h: UNUM_SPELLOUT, UNUM_DEFAULT_RULESET, UNUM_PUBLIC_RULESETS."""
_WITH_ALL_CASES = (0, *range(2, 21), *range(30, 100, 10), *range(100, 1000, 100), 1000, 1_000_000)
_NUMBERS = sorted({*range(2, 101), *_WITH_ALL_CASES})
_PLAIN = re.compile(r"%spellout-(?:numbering|cardinal|ordinal)(?:-(?:masculine|feminine|neuter|common|reale|verbose))?")
_LONGEST = 20_000


class Speller:
    """ICU's number format of one language that spells numbers out."""

    def __init__(self, library: ctypes.CDLL, version: str, tag: str) -> None:
        self.library, self.version = library, version
        opened = self._function("unum_open")
        opened.restype = ctypes.c_void_p
        self.error = ctypes.c_int(0)
        name = tag.replace("-", "_").encode()
        self.format = ctypes.c_void_p(opened(_SPELLED_OUT, None, 0, name, None, ctypes.byref(self.error)))

    def rule_names(self) -> list[str]:
        return [name for name in self._text("unum_getTextAttribute", _RULES).split(";") if name.strip()]

    def choose(self, rule: str) -> None:
        written = rule.encode("utf-16-le")
        buffer = (ctypes.c_uint16 * (len(written) // 2 + 1)).from_buffer_copy(written + b"\0\0")
        set_rule = self._function("unum_setTextAttribute")
        set_rule(self.format, _DEFAULT_RULES, buffer, len(written) // 2, ctypes.byref(self.error))

    def spell(self, number: int) -> str:
        buffer = (ctypes.c_uint16 * _LONGEST)()
        spelled = self._function("unum_formatInt64")
        length = spelled(self.format, ctypes.c_int64(number), buffer, _LONGEST, None, ctypes.byref(ctypes.c_int(0)))
        return bytes(buffer)[: 2 * length].decode("utf-16-le").replace("\u00ad", "")

    def _text(self, name: str, attribute: int) -> str:
        buffer = (ctypes.c_uint16 * _LONGEST)()
        length = self._function(name)(self.format, attribute, buffer, _LONGEST, ctypes.byref(self.error))
        return bytes(buffer)[: 2 * length].decode("utf-16-le")

    def _function(self, name: str) -> ctypes._NamedFuncPointer:
        return self.library[f"{name}_{self.version}"]


def table_lines(speller: Speller, tag: str) -> Iterator[str]:
    """The lines of one language: numbers up to 20, tens and hundreds in every form, others as they are counted."""
    forms: dict[int, set[str]] = {}
    for rule in speller.rule_names():
        speller.choose(rule)
        for number in _NUMBERS:
            wanted = not rule.endswith("year") and (number in _WITH_ALL_CASES or _PLAIN.fullmatch(rule))
            if wanted and not (number == 0 and "ordinal" in rule):
                forms.setdefault(number, set()).add(speller.spell(number))
    for number, spelled in sorted(forms.items()):
        words = sorted(one for one in spelled if not re.search(r"[\d|]", one))
        if words:
            yield f"{tag},{number},{'|'.join(words)}"


def main() -> int:
    name = find_library("icui18n")
    if name is None:
        print("there is no libicu on this machine", file=sys.stderr)
        return 1
    library, version = ctypes.CDLL(name), name.rpartition(".so.")[2].split(".")[0]
    tags = sorted({line.split(",")[0] for line in TABLE.read_text("utf-8").splitlines()[1:]})
    lines = [line for tag in tags for line in table_lines(Speller(library, version, tag), tag)]
    TABLE.write_text("language,value,words\n" + "\n".join(lines) + "\n", "utf-8")
    print(f"{TABLE.relative_to(ROOT)}: {len(lines)} lines, {len(tags)} languages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
