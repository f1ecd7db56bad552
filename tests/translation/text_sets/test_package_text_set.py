"""The words of Kuule itself go out and come back as a study's do: on copies of both folders, never in the package."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from lxml import etree

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.core.problems import StudyError
from kuule.languages.gettext import shipped_words
from kuule.languages.gettext.catalogue import read_po, read_pot
from kuule.languages.workflow.entries import Entry
from kuule.languages.workflow.states import State, TextOrigin
from kuule.languages.workflow.workflow_steps import WorkflowStep
from kuule.publishing import report_catalogue
from kuule.translation.exporting import export_translations
from kuule.translation.formats.xliff_names import core_name
from kuule.translation.history import history_file, read_text_history
from kuule.translation.importing import import_translations
from kuule.translation.merge import MergeOutcome
from kuule.translation.text_sets.package_text_set import read_package_texts
from kuule.translation.translation_format import TranslationFormat
from kuule.translation.translation_progress import measure_progress
from kuule.usecases.authoring.translation_status import LEGEND
from tests.translation.partner import DAY, taken
from tests.translation.test_importing import typed_in_po

FOLDERS = {"sites": shipped_words.INTERFACE_FOLDER, "report": report_catalogue.CATALOGUE_FOLDER}
LINES = """\
# The words of a small page. CC BY 4.0.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#. A button. At most 20 characters.
msgctxt "interface:go_on"
msgid "Continue"
msgstr ""

#. A note. {count} is a number. At most 40 characters.
msgctxt "interface:pages"
msgid "Pages: {count}"
msgstr ""
"""
GO_ON, PAGES = "interface:go_on", "interface:pages"


def copied(name: str, to: Path, languages: str = "") -> Path:
    to.mkdir()
    shutil.copy(FOLDERS[name] / "interface.pot", to)
    for path in FOLDERS[name].glob(languages) if languages else ():
        shutil.copy(path, to)
    return to


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.po")}


def small(tmp_path: Path) -> Path:
    """Two words, and Swedish that a machine has made."""
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "interface.pot").write_text(LINES, "utf-8")
    bring(folder, tmp_path / "machine", {GO_ON: "Fortsätt", PAGES: "Sidor: {count}"}, taken(origin=TextOrigin.MACHINE))
    return folder


def bring(folder: Path, out: Path, texts: dict[str, str], by, *, tag: str = "sv", blank: bool = False):
    """A file of a language out, typed in, and taken in."""
    (path,) = export_translations(folder, TranslationFormat.PO, (tag,), out, blank=blank)
    for key, text in texts.items():
        typed_in_po(path, key, text)
    (brought,) = import_translations(folder, [path], by, languages=(tag,))
    return brought


def entry(folder: Path, key: str, tag: str = "sv") -> Entry:
    return read_package_texts(folder).catalogues[tag].entries[key]


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("kind", [TranslationFormat.PO, TranslationFormat.XLIFF])
@pytest.mark.parametrize("languages", ["[af][ir].po", pytest.param("*.po", marks=pytest.mark.whole)])
def test_every_language_goes_out_and_back_and_into_an_empty_folder(tmp_path, name, kind, languages):
    folder = copied(name, tmp_path / "words", languages)
    before = content(folder)
    paths = export_translations(folder, kind, (), tmp_path / "out", blank=False)
    brought = import_translations(folder, paths, taken())
    assert [one for one in brought if one.changes or one.set_aside] == []
    assert (content(folder), sorted(one.language for one in brought)) == (before, sorted(path.stem for path in paths))
    empty = copied(name, tmp_path / "empty")
    import_translations(empty, paths, taken(), languages=tuple(path.stem for path in paths))
    sources = read_pot(folder / "interface.pot")
    for path in folder.glob("*.po"):
        assert read_po(empty / path.name, sources).entries == read_po(path, sources).entries


@pytest.mark.parametrize(("name", "key"), [("sites", GO_ON), ("report", "report:figure")])
def test_xliff_names_its_folder_and_keeps_what_is_put_in(tmp_path, name, key):
    folder = copied(name, tmp_path / "words", "fi.po")
    (path,) = export_translations(folder, TranslationFormat.XLIFF, ("fi",), tmp_path / "out", blank=False)
    file = etree.parse(path).getroot()[0]
    assert (file.get("id"), file.get("original")) == ("kuule", "kuule/words/fi.po")
    catalogue = read_package_texts(folder).catalogues["fi"]
    codes = {
        unit.get("name"): sorted(
            one.get("equiv") for one in unit.findall(f"{core_name('segment')}/{core_name('target')}/*")
        )
        for unit in file.iter(core_name("unit"))
    }
    assert codes == {one.key: sorted(re.findall(r"\{\w+\}", one.text)) for one in catalogue.entries.values()}
    assert any(codes.values())
    assert key == GO_ON or codes[key] == ["{number}"]


def test_a_machine_s_words_are_no_draft_by_a_person_and_two_people_s_are(tmp_path):
    folder = small(tmp_path)
    assert (entry(folder, GO_ON).origin, entry(folder, GO_ON).state) == (TextOrigin.MACHINE, State.DRAFT_ONE)
    second = taken(WorkflowStep.SECOND_DRAFT, "second-translator")
    brought = bring(folder, tmp_path / "1", {GO_ON: "Vidare"}, second, blank=True)
    assert [(one.key, one.outcome) for one in brought.changes] == [(GO_ON, MergeOutcome.REFUSED)]
    bring(folder, tmp_path / "2", {GO_ON: "Gå vidare"}, taken(), blank=True)
    bring(folder, tmp_path / "3", {GO_ON: "Vidare"}, second, blank=True)
    bring(folder, tmp_path / "4", {}, taken(WorkflowStep.REVIEW, "reviewer"))
    assert (entry(folder, GO_ON).text, entry(folder, GO_ON).state) == ("Gå vidare", State.REVIEWED)
    assert (entry(folder, PAGES).origin, entry(folder, PAGES).state) == (TextOrigin.MACHINE, State.DRAFT_ONE)
    steps = [(one.on, one.by, one.step, one.after) for one in read_text_history(history_file(folder, "sv"), GO_ON)]
    assert steps == [
        (DAY, "translator", "draft", "draft-one"),
        (DAY, "translator", "draft", "draft-one"),
        (DAY, "second-translator", "second-draft", "draft-two"),
        (DAY, "reviewer", "review", "reviewed"),
    ]


def test_word_whose_english_changed_is_stale_until_somebody_looks_at_it(tmp_path):
    folder = small(tmp_path)
    (old,) = export_translations(folder, TranslationFormat.XLIFF, ("sv",), tmp_path / "old", blank=False)
    (folder / "interface.pot").write_text(LINES.replace('"Continue"', '"Go on"'), "utf-8")
    assert (entry(folder, GO_ON).stale, entry(folder, GO_ON).previous, entry(folder, PAGES).stale) == (
        True, "Continue", False,
    )  # fmt: skip
    (english, swedish) = measure_progress(folder)
    assert (english.states, english.shortcomings) == ({State.REVIEWED: 2}, ())
    assert (swedish.stale, swedish.machine, swedish.refused_keys, swedish.report) == (1, 2, (), None)
    assert swedish.shortcomings == ("1 whose source has changed", "1 not reviewed yet")
    (brought,) = import_translations(folder, [old], taken())
    assert (brought.changes, entry(folder, GO_ON).stale) == ((), True)
    (path,) = export_translations(folder, TranslationFormat.PO, ("sv",), tmp_path / "new", blank=False)
    assert '#, fuzzy, max-length:20\n#| msgid "Continue"' in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace("#, fuzzy, ", "#, "), "utf-8")
    import_translations(folder, [path], taken(WorkflowStep.CONFIRM, "reviewer"))
    assert (entry(folder, GO_ON).stale, entry(folder, GO_ON).text) == (False, "Fortsätt")


def test_import_loses_nothing_also_not_what_is_unknown_or_replaced(tmp_path):
    folder = small(tmp_path)
    (path,) = export_translations(folder, TranslationFormat.PO, ("sv",), tmp_path / "out", blank=False)
    typed_in_po(path, GO_ON, "Vidare")
    more = '\nmsgctxt "interface:gone"\nmsgid "Gone"\nmsgstr "Borta"\n'
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    before = content(folder)
    (brought,) = import_translations(folder, [path], taken(), only_say=True)
    assert content(folder) == before
    assert import_translations(folder, [path], taken()) == [brought]
    assert [(one.key, one.outcome) for one in brought.changes] == [
        (GO_ON, MergeOutcome.CHANGED),
        ("interface:gone", MergeOutcome.UNKNOWN),
    ]
    kept = folder / "apart" / "sv.po"
    assert [one.text for one in read_po(kept, read_pot(kept)).entries.values()] == ["Fortsätt", "Borta"]
    assert sorted(path.name for path in folder.iterdir()) == ["apart", "history", "interface.pot", "sv.po"]


def test_language_begins_where_it_is_named_and_not_by_itself(tmp_path):
    folder = small(tmp_path)
    bring(folder, tmp_path / "1", {GO_ON: "Jatka"}, taken(), tag="fi")
    assert read_package_texts(folder).catalogues["fi"].texts == {GO_ON: "Jatka"}
    assert (folder / "fi.po").read_text("utf-8").startswith("# The words of a small page. CC BY 4.0.\n")
    (path,) = export_translations(folder, TranslationFormat.PO, ("et",), tmp_path / "2", blank=False)
    with pytest.raises(StudyError) as raised:
        import_translations(folder, [path], taken())
    assert [(one.code, one.place) for one in raised.value.problems] == [("LANG_052", "et.po")]
    assert "--language" in raised.value.problems[0].remedy


@pytest.mark.parametrize(
    ("languages", "problems"),
    [
        (("en",), [("LANG_052", "en")]),
        (("Finnish", "../sv"), [("LANG_001", "language 'Finnish'"), ("LANG_001", "language '../sv'")]),
    ],
)
def test_what_is_no_language_to_translate_into_is_refused(tmp_path, languages, problems):
    with pytest.raises(StudyError) as raised:
        export_translations(small(tmp_path), TranslationFormat.PO, languages, tmp_path / "out", blank=False)
    assert [(one.code, one.place) for one in raised.value.problems] == problems


def test_xlsform_is_refused_in_words_both_ways(tmp_path):
    folder = small(tmp_path)
    before = content(folder)
    with pytest.raises(StudyError) as out:
        export_translations(folder, TranslationFormat.XLSFORM, (), tmp_path / "out", blank=False)
    (tmp_path / "words.xlsx").write_bytes(b"x")
    (tmp_path / "words.md").write_text("| survey |\n", "utf-8")
    with pytest.raises(StudyError) as back:
        import_translations(folder, [tmp_path / "words.xlsx", tmp_path / "words.md"], taken())
    problems = [(one.code, one.place) for one in (*out.value.problems, *back.value.problems)]
    assert problems == [("LANG_061", place) for place in ("--format xlsform", "words.xlsx", "words.md")]
    assert (content(folder), (tmp_path / "out").exists()) == (before, False)


def test_broken_files_of_the_folder_are_all_said(tmp_path):
    folder = small(tmp_path)
    for tag in ("fi", "sv"):
        (folder / f"{tag}.po").write_text("msgid", "utf-8")
    with pytest.raises(StudyError) as raised:
        measure_progress(folder)
    assert [(one.code, one.place.partition(",")[0]) for one in raised.value.problems] == [
        ("LANG_002", "fi.po"),
        ("LANG_002", "sv.po"),
    ]


def test_commands_say_what_the_folder_holds_and_where_the_rest_is(tmp_path, capsys):
    folder = small(tmp_path)
    bring(folder, tmp_path / "1", {PAGES: "Sidor"}, taken(origin=TextOrigin.MACHINE))
    assert run(["translate", "status", str(folder)]) == Exit.DONE
    printed = capsys.readouterr()
    assert [line.split() for line in printed.out.splitlines()][1:] == [
        ["en", "2", "0", "0", "0", "2", "0", "0", "0", "0", "0"],
        ["sv", "2", "0", "2", "0", "0", "0", "0", "0", "1", "2"],
    ]
    assert printed.err.splitlines() == [
        LEGEND,
        "  refused by a check in sv: interface:pages; see python -m drafting check",
        "sv is a draft: 1 that a check refuses, 2 not reviewed yet",
    ]
    (path,) = export_translations(folder, TranslationFormat.PO, ("sv",), tmp_path / "out", blank=True)
    typed_in_po(path, GO_ON, "Vidare")
    assert run(["translate", "import", str(folder), str(path), "--language", "sv"]) == Exit.DONE
    printed = capsys.readouterr()
    assert printed.out == "sv.po: sv, 1 text\n  1 changed (interface:go_on)\n"
    assert printed.err == "kept apart, where nothing is lost: apart/sv.po\n"
