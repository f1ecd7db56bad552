"""A file that is written as usual is read as polib reads it; every other one is left to polib."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
import pytest

from kuule.languages.catalogues import INTERFACE
from kuule.languages.gettext.plain_po import po_file, read_plain_po

HEAD = '# One\n# Two\nmsgid ""\nmsgstr ""\n"Language: fi\\n"\n"X-Of-Two: a:b\\n"\n\n'
ENTRY = (
    '# kuule: state=draft-one\n# a note\n#. who says it\n#. how long\nmsgctxt "{key}"\nmsgid "Yes"\nmsgstr "Kyllä"\n'
)
WHOLE = f"{HEAD}{ENTRY.format(key='a')}\n{ENTRY.format(key='b')}"


class Lines(str):
    """A text whose lines end at line feeds alone, as `catalogue.parse_po` gives it to polib."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        return self.split("\n")


def by_polib(text: str) -> polib.POFile:
    return polib.pofile(Lines(text + "\n"), wrapwidth=0)


def content(file: polib.POFile) -> tuple[object, ...]:
    entries: list[dict[str, Any]] = [{**vars(entry), "obsolete": bool(entry.obsolete)} for entry in file]
    return file.header, list(file.metadata.items()), entries, str(file)


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        WHOLE.replace("# One\n# Two\n", "#\n"),
        WHOLE.replace("# One\n# Two\n", ""),
        WHOLE.replace('"Yes"', '"Yes, \\"yes\\" \\\\ \\t\\n"'),
        WHOLE.replace('"Kyllä"', '""\n"Kyllä,\\n"\n"\\"kyllä\\""\n"\\\\"'),
        WHOLE.replace("#. who says it", "#, fuzzy, python-format").replace("#. how long\n", ""),
        WHOLE.replace('msgctxt "b"', '#| msgid "Older \\"one\\""\nmsgctxt "b"'),
        WHOLE.replace("# a note", "# a # note \u2028 of\x85two lines"),
        WHOLE.replace("\n\n#", "\n\n\n#"),
        WHOLE.replace('"Kyllä"', '""'),
    ],
)
def test_usual_file_is_read_as_polib_reads_it(text: str) -> None:
    plain = read_plain_po(text)
    assert plain is not None
    assert content(po_file(plain)) == content(by_polib(text))


@pytest.mark.parametrize("tag", ["ar", "el", "fi"])
def test_shipped_files_are_read_as_polib_reads_them(tag: str) -> None:
    for path in (
        INTERFACE / f"{tag}.po",
        Path("studies/our-voice/languages") / f"{tag}.po",
        INTERFACE / "interface.pot",
    ):
        plain = read_plain_po(path.read_text("utf-8"))
        assert plain is not None
        assert content(po_file(plain)) == content(by_polib(path.read_text("utf-8")))


@pytest.mark.parametrize(
    "text",
    [
        "",
        ENTRY.format(key="a"),
        WHOLE.replace('msgctxt "b"\n', ""),
        WHOLE.replace('msgctxt "b"', 'msgctxt ""'),
        WHOLE.replace('msgctxt "b"', 'msgctxt "a"'),
        WHOLE.replace('msgid "Yes"', 'msgid "Yes"\nmsgid_plural "Yeses"'),
        WHOLE.replace('"Yes"', '"Y"es"'),
        WHOLE.replace("#. how long", "#. how long "),
        WHOLE.replace("#. how long", "#: form.md:3"),
        WHOLE.replace("#. how long", "#. how long\n# late"),
        WHOLE + '\n#~ msgctxt "c"\n#~ msgid "No"\n#~ msgstr "Ei"\n',
        WHOLE + "\n# a comment at the end\n",
        WHOLE.replace("\n", "\r\n"),
    ],
)
def test_any_other_file_is_left_to_polib(text: str) -> None:
    assert read_plain_po(text) is None


def test_no_file_that_was_cut_is_taken() -> None:
    """But between two entries, where a cut cannot be seen: polib takes that too."""
    taken = {at for at in range(len(WHOLE)) if read_plain_po(WHOLE[:at]) is not None}
    ends = {WHOLE.index("\n\n", len(HEAD)) + 1, WHOLE.index("\n\n", len(HEAD)) + 2}
    assert taken == {len(HEAD), *ends}
