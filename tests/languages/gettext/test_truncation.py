"""Half a PO file is told from a whole one, wherever in a text it was cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.core.problems import StudyError
from kuule.languages.catalogues import INTERFACE
from kuule.languages.gettext.po_parsing import parse_po
from kuule.languages.gettext.truncation import truncated_line

WHOLE = """# a file
msgid ""
msgstr ""
"Language: fi\\n"

#. who says it
#| msgid "an \\"old\\" one"
msgctxt "choice:yes_no/yes:label"
msgid "Yes"
msgstr "Kyllä, \\"kyllä\\" \\\\"

msgctxt "study:title"
msgid ""
"One\\n"
"two"
msgstr ""
"Yksi\\n"
"kaksi"

#~ msgctxt "gone"
#~ msgid "Gone"
#~ msgstr "Poissa"
"""


def test_whole_files_are_whole() -> None:
    assert truncated_line(WHOLE) is None
    shipped = [*Path("studies").glob("*/languages/*.po"), *INTERFACE.glob("*.po")]
    assert [path for path in shipped if truncated_line(path.read_text("utf-8")) is not None] == []
    assert len(shipped) > 50


def test_every_cut_within_a_line_of_a_text_is_seen() -> None:
    """All that is left out: cuts between lines of one text, between entries, and in comments."""
    unseen = []
    for at in range(1, len(WHOLE)):
        last = WHOLE[:at].rpartition("\n")[2]
        if truncated_line(WHOLE[:at]) is None:
            unseen.append(last)
    assert {one for one in unseen if '"' in one} == {
        'msgstr ""',
        '"Language: fi\\n"', 'msgstr "Kyllä, \\"kyllä\\" \\\\"', '"Yksi\\n"', '"kaksi"', '#~ msgstr "Poissa"',
    }  # fmt: skip


@pytest.mark.parametrize("at", ['Kyllä, \\"ky', 'msgid "Yes"', 'msgid "Ye', 'msgctxt "study', '#~ msgstr "Poi'])
def test_half_a_file_is_refused_with_its_line(tmp_path: Path, at: str) -> None:
    cut = WHOLE[: WHOLE.index(at) + len(at)]
    (tmp_path / "fi.po").write_text(cut, "utf-8")
    with pytest.raises(StudyError) as raised:
        parse_po(tmp_path / "fi.po")
    line = cut.count("\n") + 1
    assert [(one.code, one.place) for one in raised.value.problems] == [("LANG_002", f"fi.po, line {line}")]
