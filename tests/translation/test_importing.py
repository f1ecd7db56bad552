"""Files into a study: the whole way out and back in all languages, nothing lost, all or nothing, even when killed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kuule.core.problems import StudyError
from kuule.languages.gettext.catalogue import po_bytes, read_po, read_pot
from kuule.languages.gettext.catalogue_folder import lock_catalogues
from kuule.languages.workflow.entries import with_translation
from kuule.languages.workflow.states import State, TextOrigin
from kuule.languages.workflow.workflow_steps import WorkflowStep
from kuule.study.folder.report_text import is_survey_key
from kuule.translation.exporting import export_translations
from kuule.translation.formats.xlsform_workbook import text_in_cell
from kuule.translation.importing import import_translations
from kuule.translation.merge import MergeOutcome
from kuule.translation.text_sets.study_text_set import read_study_texts
from kuule.translation.translation_format import TranslationFormat
from tests.sampling import examples, matrix
from tests.study.reading import check_study
from tests.study.small_study import FORM
from tests.translation.partner import AGE, HINT, TEXTS, TITLE, YES, entry, study_in, taken

ENDINGS = {
    TranslationFormat.PO: ".po",
    TranslationFormat.XLIFF: ".xlf",
    TranslationFormat.XLIFF_12: ".xlf",
    TranslationFormat.XLSFORM: ".xlsx",
}


def sent(study, kind, to, blank=False):
    return export_translations(study, kind, (), to, blank=blank)


def languages_of(study):
    """What counts of a study's languages: not what a killed import left half-written in a folder of its own."""
    files = [path for path in sorted((study / "languages").rglob("*.po")) if ".new" not in path.parts]
    return {path.relative_to(study).as_posix(): path.read_bytes() for path in files}


def typed_in_po(path, key, text):
    """Type a text over another as an editor does: the msgstr alone, whatever the record beside it says."""
    lines = path.read_text("utf-8").split("\n")
    at = lines.index(f'msgctxt "{key}"')
    at = next(number for number in range(at, len(lines)) if lines[number].startswith("msgstr"))
    lines[at] = f'msgstr "{text}"'
    path.write_text("\n".join(lines), "utf-8")


@pytest.mark.parametrize("kind", TranslationFormat)
def test_untouched_files_change_no_byte_in_any_language(tmp_path, kind):
    study = study_in(tmp_path, languages={"sv": State.ADJUDICATED, "ar": State.DRAFT_ONE})
    before = languages_of(study)
    brought = import_translations(study, sent(study, kind, tmp_path / "out"), taken())
    assert [(one.language, one.changes, one.set_aside) for one in brought] == [("sv", (), 0), ("ar", (), 0)]
    assert languages_of(study) == before


@pytest.mark.parametrize("kind", TranslationFormat)
@settings(max_examples=examples(6), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_text_of_any_language_goes_out_and_comes_into_an_empty_study(tmp_path, kind, data):
    """The round trip of everything: what is exported and taken into a study without translations is what went out."""
    for name in ("study", "out", "empty"):
        shutil.rmtree(tmp_path / name, ignore_errors=True)
    study = study_in(tmp_path)
    for tag in ("sv", "ar"):
        catalogue = read_study_texts(study).catalogues[tag]
        entries = {
            key: with_translation(one, data.draw(TEXTS), state=State.DRAFT_ONE, origin=TextOrigin.PERSON)
            for key, one in catalogue.entries.items()
            if key in (AGE, HINT, YES, TITLE)
        }
        full = type(catalogue)(tag, {**catalogue.entries, **entries})
        (study / "languages" / f"{tag}.po").write_bytes(po_bytes(full))
    files = sent(study, kind, tmp_path / "out")
    empty = tmp_path / "empty"
    shutil.copytree(study, empty, ignore=shutil.ignore_patterns("languages"))
    import_translations(empty, files, taken())
    for tag in ("sv", "ar"):
        there, here = (read_study_texts(one).catalogues[tag].texts for one in (study, empty))
        if kind is TranslationFormat.XLSFORM:
            cells = {key: text_in_cell(text) for key, text in there.items() if is_survey_key(key)}
            there = {key: text for key, text in cells.items() if text not in ("", "-")}
        assert here == there


def test_partner_s_work_goes_through_all_states(tmp_path):
    """Two translators who do not see each other's work, a reviewer, one who decides, and a pretest."""
    study = study_in(tmp_path, languages={})
    (sv, _) = sent(study, TranslationFormat.PO, tmp_path / "first", blank=True)
    typed_in_po(sv, YES, "Ja")
    import_translations(study, [sv], taken(WorkflowStep.DRAFT, "translator"))
    (second, _) = sent(study, TranslationFormat.XLIFF, tmp_path / "second", blank=True)
    text = second.read_text("utf-8")
    unit = text.index(f'name="{YES}"')
    target = text.index("</segment>", unit)
    second.write_text(f"{text[:target]}<target>Jo</target>{text[target:]}", "utf-8")
    import_translations(study, [second], taken(WorkflowStep.SECOND_DRAFT, "second-translator"))
    assert entry(study, YES).state is State.DRAFT_TWO
    assert [draft.text for draft in entry(study, YES).drafts] == ["Ja", "Jo"]
    for step, by, state in (
        (WorkflowStep.REVIEW, "reviewer", State.REVIEWED),
        (WorkflowStep.ADJUDICATE, "lead", State.ADJUDICATED),
        (WorkflowStep.PRETEST, "coordinator", State.PRETESTED),
    ):
        files = sent(study, TranslationFormat.PO, tmp_path / str(step))
        import_translations(study, [files[0]], taken(step, by))
        assert (entry(study, YES).state, entry(study, YES).by, entry(study, YES).text) == (state, by, "Ja")


def test_what_is_replaced_and_what_is_unknown_is_kept_apart_and_stays_there(tmp_path):
    study = study_in(tmp_path)
    for number, text in enumerate(("Första", "Andra")):
        (sv, _) = sent(study, TranslationFormat.PO, tmp_path / str(number))
        typed_in_po(sv, YES, text)
        more = f'\nmsgctxt "form:/data/new:label"\nmsgid "New"\nmsgstr "Ny {text}"\n'
        sv.write_text(sv.read_text("utf-8") + more, "utf-8")
        (brought,) = import_translations(study, [sv], taken())
        assert [(one.key, one.outcome) for one in brought.changes] == [
            (YES, MergeOutcome.CHANGED),
            ("form:/data/new:label", MergeOutcome.UNKNOWN),
        ]
    kept = study / "languages" / "apart" / "sv.po"
    texts = [one.text for one in read_po(kept, read_pot(kept)).entries.values()]
    assert texts == ["sv: Yes", "Ny Första", "Första", "Ny Andra"]
    assert [one for one in check_study(study) if one.code.startswith("LANG_00")] == []


def test_older_file_does_not_undo_newer_work(tmp_path):
    study = study_in(tmp_path)
    (old, _) = sent(study, TranslationFormat.PO, tmp_path / "old")
    (new, _) = sent(study, TranslationFormat.PO, tmp_path / "new")
    typed_in_po(new, YES, "Ja")
    import_translations(study, [new], taken())
    (brought,) = import_translations(study, [old], taken())
    assert (brought.changes, entry(study, YES).text) == ((), "Ja")


def test_new_language_begins_with_its_first_file(tmp_path):
    study = study_in(tmp_path, languages={"sv": State.DRAFT_ONE})
    paths = sent(study, TranslationFormat.PO, tmp_path / "out")
    assert [path.name for path in paths] == ["sv.po", "ar.po"]
    typed_in_po(paths[1], YES, "نعم")
    import_translations(study, paths, taken())
    assert read_study_texts(study).catalogues["ar"].texts == {YES: "نعم"}


@pytest.mark.parametrize(
    ("changed", "stale", "untranslated"),
    [
        (("| age_band | How old are you?", "| age_band | How old are you now?"), {AGE}, set()),
        (
            ("| | yes_no | no | No |", "| | yes_no | no | No |\n| | yes_no | unsure | Not sure |"),
            set(),
            {"choice:yes_no/unsure:label"},
        ),
        (("integer | years |", "integer | long |"), set(), set()),
        (("Choose one.", "Choose only one."), {HINT}, set()),
    ],
)
def test_only_what_changed_in_the_questionnaire_changes_in_a_language(tmp_path, changed, stale, untranslated):
    """Renaming a question, changing its words, adding a choice."""
    study = study_in(tmp_path, languages={"sv": State.PRETESTED, "ar": State.DRAFT_ONE})
    (study / "form.md").write_text(FORM.replace(*changed), "utf-8")
    entries = read_study_texts(study).catalogues["sv"].entries
    assert {one.key for one in entries.values() if one.stale} == stale
    assert {one.key for one in entries.values() if not one.text} == untranslated
    lowered = {one.key for one in entries.values() if one.effective_state is not State.PRETESTED}
    renamed = {"form:/data/about/page_years/long:label"} if "long" in changed[1] else set()
    assert lowered == stale | untranslated | renamed


def test_renamed_question_s_translation_goes_out_as_an_offer_and_is_kept(tmp_path):
    study = study_in(tmp_path, languages={"sv": State.REVIEWED, "ar": State.DRAFT_ONE})
    (study / "form.md").write_text(FORM.replace("integer | years |", "integer | long |"), "utf-8")
    (sv, _) = sent(study, TranslationFormat.PO, tmp_path / "out")
    text = sv.read_text("utf-8")
    assert re.search(r'#, fuzzy, max-length:\d+\nmsgctxt "form:/data/about/page_years/long:label"', text)
    assert '#~ msgctxt "form:/data/about/page_years/years:label"' in text
    import_translations(study, [sv], taken())
    offered = entry(study, "form:/data/about/page_years/long:label")
    assert offered.text == "sv: For how many years have you lived there?"
    (sv, _) = sent(study, TranslationFormat.PO, tmp_path / "again")
    sv.write_text(sv.read_text("utf-8").replace("#, fuzzy, ", "#, "), "utf-8")
    import_translations(study, [sv], taken(WorkflowStep.REVIEW, "reviewer"))
    assert entry(study, "form:/data/about/page_years/long:label").state is State.REVIEWED


def test_only_say_writes_nothing(tmp_path):
    study = study_in(tmp_path)
    before = languages_of(study)
    (sv, _) = sent(study, TranslationFormat.PO, tmp_path / "out")
    typed_in_po(sv, YES, "Ja")
    (brought,) = import_translations(study, [sv], taken(), only_say=True)
    assert ([one.outcome for one in brought.changes], languages_of(study)) == ([MergeOutcome.CHANGED], before)


def test_one_broken_file_keeps_all_out_and_every_problem_is_said(tmp_path):
    study = study_in(tmp_path)
    before = languages_of(study)
    (sv, _) = sent(study, TranslationFormat.PO, tmp_path / "out")
    typed_in_po(sv, YES, "Ja")
    (tmp_path / "ar.xlf").write_text("<xliff", "utf-8")
    (tmp_path / "notes.docx").write_text("x", "utf-8")
    (tmp_path / "huge.po").write_bytes(b"#" * (20 * 1024 * 1024 + 1))
    files = [sv, tmp_path / "ar.xlf", tmp_path / "notes.docx", tmp_path / "gone.po", tmp_path / "huge.po"]
    with pytest.raises(StudyError) as raised:
        import_translations(study, files, taken())
    assert [(one.code, one.place) for one in raised.value.problems] == [
        ("LANG_053", "ar.xlf, line 1"),
        ("LANG_051", "notes.docx"),
        ("LANG_051", "gone.po"),
        ("LANG_051", "huge.po"),
    ]
    assert languages_of(study) == before


@pytest.mark.parametrize(
    ("who", "place"),
    [
        (taken(by="Ann Lee"), "--by"),
        (taken(by=""), "--by"),
        (taken(WorkflowStep.REVIEW, "reviewer", TextOrigin.MACHINE), "--origin"),
    ],
)
def test_name_instead_of_a_role_and_a_machine_s_review_are_refused(tmp_path, who, place):
    with pytest.raises(StudyError) as raised:
        import_translations(study_in(tmp_path), [], who)
    assert [(one.code, one.place) for one in raised.value.problems] == [("LANG_057", place)]


def test_study_that_is_not_there_is_said_and_not_made(tmp_path):
    with pytest.raises(StudyError) as raised:
        import_translations(tmp_path / "nowhere", [], taken())
    assert ([one.code for one in raised.value.problems], (tmp_path / "nowhere").exists()) == (["STUDY_001"], False)


@pytest.mark.slow
def test_second_import_at_the_same_moment_is_refused(tmp_path):
    study = study_in(tmp_path)
    with lock_catalogues(study / "languages"), pytest.raises(StudyError) as raised:
        import_translations(study, [], taken())
    assert [one.code for one in raised.value.problems] == ["LANG_056"]
    assert import_translations(study, [], taken()) == []


def test_export_never_writes_over_somebody_s_work(tmp_path):
    study = study_in(tmp_path)
    (sv, _) = sent(study, TranslationFormat.PO, tmp_path / "out")
    sv.write_text("work", "utf-8")
    with pytest.raises(StudyError) as raised:
        sent(study, TranslationFormat.PO, tmp_path / "out")
    assert [one.code for one in raised.value.problems] == ["LANG_058", "LANG_058"]
    assert sv.read_text("utf-8") == "work"


def test_language_that_the_study_does_not_offer_is_said(tmp_path):
    with pytest.raises(StudyError) as raised:
        export_translations(study_in(tmp_path), TranslationFormat.PO, ("fi", "sv"), tmp_path / "out", blank=False)
    assert [(one.code, one.place) for one in raised.value.problems] == [("LANG_052", "--language fi")]


CHANGES = frozenset({"os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"})


KILLED = """
import os, sys
from pathlib import Path
import pyxform.xls2xform  # slow: once, before the children
from kuule.languages.workflow.workflow_steps import WorkflowStep, TakenStep
from kuule.translation.importing import import_translations

def die(event, arguments):
    global left
    left -= event in CHANGES
    if left <= 0:
        os._exit(9)

for line in sys.stdin:
    left = int(line)
    child = os.fork()
    if not child:
        sys.addaudithook(die)
        paths = [Path(one) for one in sys.argv[2:]]
        import_translations(Path(sys.argv[1]), paths, TakenStep(WorkflowStep.DRAFT, "translator", "2026-11-24"))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
""".replace("CHANGES", repr(set(CHANGES)))


@contextmanager
def dying(study, paths):
    """Take files in by a process that dies at its nth change of a folder: a function that says whether it lived."""
    command = [sys.executable, "-c", KILLED, str(study), *map(str, paths)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def lives(step):
            process.stdin.write(f"{step}\n")
            process.stdin.flush()
            code = process.stdout.readline().strip()
            assert code in ("0", "9")
            return code == "0"

        yield lives


@pytest.mark.slow
@pytest.mark.parametrize("stride", [*matrix([7, 3], [7]), pytest.param(1, marks=pytest.mark.whole)])
def test_import_killed_at_any_moment_leaves_all_languages_old_or_all_new(tmp_path, stride):
    study = study_in(tmp_path)
    paths = sent(study, TranslationFormat.PO, tmp_path / "out")
    for path in paths:
        typed_in_po(path, YES, "changed")
    before = languages_of(study)
    shutil.copytree(study, tmp_path / "whole")
    import_translations(tmp_path / "whole", paths, taken())
    after = languages_of(tmp_path / "whole")
    found, half, step, lived = [], [], 1 - stride, False
    with dying(study, paths) as lives:
        while not lived and step < 100:
            step += stride
            shutil.rmtree(study)
            shutil.copytree(tmp_path / "whole", study)
            shutil.rmtree(study / "languages")
            for name, content in before.items():
                (study / name).parent.mkdir(exist_ok=True)
                (study / name).write_bytes(content)
            lived = lives(step)
            half += [one.code for one in check_study(study) if one.code == "LANG_060"]
            read_study_texts(study)
            found.append([name for name, files in (("old", before), ("new", after)) if languages_of(study) == files])
    assert [len(one) for one in found] == [1] * len(found)
    assert found[0] == ["old"] != found[-1]
    assert set(half) == {"LANG_060"}
    assert step > 8
