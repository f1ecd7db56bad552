"""PO files go out, through the programs that translators use, and come back with everything in them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kuule.core.problems import StudyError
from kuule.languages.catalogues import INTERFACE
from kuule.languages.gettext.catalogue import po_bytes, read_po
from kuule.languages.gettext.po_parsing import parse_po
from kuule.languages.workflow.entries import (
    Catalogue,
    DraftTranslation,
    SourceText,
    text_hash,
    untranslated_entry,
    with_translation,
)
from kuule.languages.workflow.states import State, TextOrigin
from kuule.translation.formats.po_files import export_po, import_po
from kuule.translation.formats.po_headers import po_headers
from kuule.translation.formats.returned_texts import BLANK_HASH
from kuule.translation.importing import import_translations
from tests.sampling import examples
from tests.translation.partner import TEXTS, catalogue, entry, study_in, taken

AGE = SourceText("form:/data/age:label", "How old are you?", "a question; at most 40 characters")
NAME = SourceText("form:/data/name:hint", "Hello, ${name}\n100 % <b>ours</b> #1")


def full(text="Hur gammal är du?", note="pretest: clear to all six\nreview: “du” fits"):
    drafts = tuple(
        DraftTranslation(f'{by} "{text}"\n', TextOrigin.PERSON, by, "2026-11-20", text_hash(AGE.text))
        for by in ("translator", "second-translator")
    )
    age = with_translation(
        untranslated_entry(AGE), text, state=State.ADJUDICATED, origin=TextOrigin.PERSON, by="lead", on="2026-11-24"
    )
    name = with_translation(
        untranslated_entry(NAME), "Hej, ${name}\n100 %", state=State.DRAFT_ONE, origin=TextOrigin.MACHINE
    )
    gone = with_translation(
        untranslated_entry(SourceText("form:/data/gone:label", "Gone")),
        "Borta",
        state=State.DRAFT_ONE,
        origin=TextOrigin.PERSON,
    )
    return Catalogue(
        "sv",
        {AGE.key: replace(age, drafts=drafts, note=note), NAME.key: name},
        obsolete=(gone,),
        header="CC BY 4.0",
    )


def sent_out(catalogue, *, blank):
    return export_po(catalogue, "our-voice", "2026-11-24", blank=blank)


def saved_as(language):
    """A file whose language an editor wrote in its own way."""
    return sent_out(full(), blank=False).replace(b'"Language: sv', b'"Language: ' + language.encode())


GETTEXT = pytest.mark.skipif(shutil.which("msgmerge") is None, reason="gettext's own programs are not here")
TOOLKIT = """
import sys
from translate.storage import pypo
store = pypo.pofile.parsefile(sys.argv[1])
if len(sys.argv) > 2:
    unit = next(unit for unit in store.units if unit.getcontext() == sys.argv[2])
    unit.target = sys.argv[3]
store.save()
"""
"""What Weblate does when it saves a file; a program of its own, as it is to us."""


def through(program, path):
    if program == "weblate":
        subprocess.run([sys.executable, "-c", TOOLKIT, str(path)], check=True, capture_output=True)
        return
    template = path.with_suffix(".pot")
    shutil.copy(path, template)
    arguments = {
        "poedit": ["msgcat", "--width=79", "-o", str(path), str(path)],
        "merge": ["msgmerge", "--previous", "--update", "--backup=none", str(path), str(template)],
        "check": ["msgfmt", "--check", "-o", "/dev/null", str(path)],
    }[program]
    subprocess.run(arguments, check=True, capture_output=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})


@GETTEXT
@pytest.mark.parametrize("program", ["weblate", "poedit", "merge", "check"])
def test_programs_of_translators_keep_everything(tmp_path, program):
    path = tmp_path / "sv.po"
    path.write_bytes(po_bytes(full()))
    through(program, path)
    read = read_po(path, (AGE, NAME))
    assert read.entries == full().entries
    assert [(one.key, one.text) for one in read.obsolete] == [("form:/data/gone:label", "Borta")]
    assert "CC BY 4.0" in read.header


def test_text_typed_in_weblate_is_a_draft_by_a_person_and_keeps_its_two_drafts(tmp_path):
    path = tmp_path / "sv.po"
    path.write_bytes(po_bytes(full()))
    subprocess.run([sys.executable, "-c", TOOLKIT, str(path), AGE.key, "Vilken ålder?"], check=True)
    read = read_po(path, (AGE, NAME)).entries[AGE.key]
    assert (read.text, read.state, read.origin, read.by) == ("Vilken ålder?", State.DRAFT_TWO, TextOrigin.PERSON, "")
    assert (read.drafts, read.note) == (full().entries[AGE.key].drafts, full().entries[AGE.key].note)


@GETTEXT
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_any_text_comes_through_gettext_and_back(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("po") / "sv.po"
    sent = full(text=text)
    path.write_bytes(po_bytes(sent))
    through("poedit", path)
    assert read_po(path, (AGE, NAME)).entries == sent.entries


def test_what_goes_out_untouched_comes_back_untouched(tmp_path):
    study = study_in(tmp_path)
    (tmp_path / "sv.po").write_bytes(sent_out(catalogue(study), blank=False))
    back = import_po(tmp_path / "sv.po", ("en", "sv", "ar"), "en")
    assert (back.language, {text.was_edited for text in back.texts}) == ("sv", {False})
    assert {text.key: text.text for text in back.texts} == catalogue(study).texts


def test_blank_file_shows_no_translation_no_draft_and_no_note(tmp_path):
    sent = sent_out(full(), blank=True)
    assert b"Hur gammal" not in sent
    assert b"pretest" not in sent
    assert b"Borta" not in sent
    (tmp_path / "sv.po").write_bytes(sent)
    texts = import_po(tmp_path / "sv.po", ("en", "sv"), "en").texts
    assert [(text.key, text.text, text.sent_hash) for text in texts] == [
        (AGE.key, "", BLANK_HASH),
        (NAME.key, "", BLANK_HASH),
    ]


def test_stale_text_goes_out_flagged_with_the_source_it_was_made_for(tmp_path):
    study = study_in(tmp_path)
    form = (study / "form.md").read_text("utf-8").replace("How old are you?", "How old are you now?")
    (study / "form.md").write_text(form, "utf-8")
    sent = sent_out(catalogue(study), blank=False).decode()
    part = sent[sent.index("#, fuzzy") :]
    assert '#| msgid "How old are you?"\nmsgctxt "form:/data/about/page_about/age_band:label"' in part
    assert sent.count("#, fuzzy") == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "'fi'"), ("en", "in which the texts are written"), ("pt_BR", "'pt_BR'")],
)
def test_language_that_is_not_the_study_s_to_translate_into_is_refused(tmp_path, language, said):
    (tmp_path / "x.po").write_bytes(saved_as(language))
    with pytest.raises(StudyError) as raised:
        import_po(tmp_path / "x.po", ("en", "sv"), "en")
    assert [(one.code, said in one.cause) for one in raised.value.problems] == [("LANG_052", True)]


def test_file_without_a_language_is_known_by_its_name(tmp_path):
    text = sent_out(full(), blank=False).decode().replace('"Language: sv\\n"\n', "")
    (tmp_path / "pt-BR.po").write_text(text, "utf-8")
    assert import_po(tmp_path / "pt-BR.po", ("en", "pt-BR"), "en").language == "pt-BR"


@settings(max_examples=examples(60), deadline=None)
@given(text=TEXTS, data=st.data())
def test_any_text_typed_into_a_file_is_given(tmp_path_factory, text, data):
    path = tmp_path_factory.mktemp("po") / "sv.po"
    blank = data.draw(st.booleans())
    sent = read_po_of(sent_out(full(), blank=blank), path)
    changed = {**sent.entries, AGE.key: replace(sent.entries[AGE.key], text=text)}
    # As an editor saves it: the record still names the text that went out.
    before, after = text_hash(text), (BLANK_HASH if blank else text_hash("Hur gammal är du?"))
    path.write_bytes(
        po_bytes(replace(sent, entries=changed)).replace(f"text={before}".encode(), f"text={after}".encode())
    )
    back = {one.key: one for one in import_po(path, ("en", "sv"), "en").texts}[AGE.key]
    assert back.text == text
    assert back.was_edited is (before != after)


def read_po_of(content, path):
    path.write_bytes(content)
    return read_po(path, (AGE, NAME))


def test_entry_says_its_kind_place_and_room(tmp_path):
    study = study_in(tmp_path)
    notes = [one.source_note for one in catalogue(study).entries.values()]
    assert all("at most" in note for note in notes)
    assert entry(study, "study:title").source_note == (
        "the study's title, at the top of its first page; at most 40 characters"
    )


@pytest.mark.parametrize("name", ["sv.po", "sv (1).po", "sv.reviewed.po", "SV.po"])
def test_file_whose_name_and_words_disagree_is_refused(tmp_path, name):
    (tmp_path / name).write_bytes(sent_out(replace(full(), language="ar"), blank=False))
    with pytest.raises(StudyError) as raised:
        import_po(tmp_path / name, ("en", "sv", "ar"), "en")
    assert [(one.code, one.place, one.cause) for one in raised.value.problems] == [
        ("LANG_052", name, "its name says sv, and what stands in it says ar")
    ]


@pytest.mark.parametrize(
    ("written", "meant"), [("sv_SE", "sv"), ("SV", "sv"), ("pt_PT", "pt-PT"), ("pt_BR", None), ("sr_Latn", None)]
)
def test_place_that_an_editor_adds_to_a_language_is_dropped_where_the_study_has_it_plain(tmp_path, written, meant):
    (tmp_path / "from-editor.po").write_bytes(saved_as(written))
    languages = ("en", "sv", "sr", "pt-PT")
    if meant is None:
        with pytest.raises(StudyError, match=f"its language is '{written}'"):
            import_po(tmp_path / "from-editor.po", languages, "en")
    else:
        assert import_po(tmp_path / "from-editor.po", languages, "en").language == meant


def test_head_of_a_file_says_a_machine_made_it_only_while_one_made_most_of_it():
    made = "Licence: CC BY 4.0. Made by a machine, not yet checked by a person."
    machines = replace(full(), header=made)
    assert machines.origin is TextOrigin.PERSON
    assert sent_out(machines, blank=False).startswith(b"# Licence: CC BY 4.0.\n")
    entries = {key: replace(entry, origin=TextOrigin.MACHINE) for key, entry in machines.entries.items()}
    assert sent_out(replace(machines, entries=entries), blank=False).startswith(f"# {made}\n".encode())
    assert sent_out(replace(machines, entries=entries), blank=True).startswith(b"# Licence: CC BY 4.0.\n")


HEADERS = {
    "Project-Id-Version": "our-voice",
    "PO-Revision-Date": "2026-11-24 00:00+0000",
    "Language-Team": "Swedish <role@localhost>",
    "Language": "sv",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


@GETTEXT
@pytest.mark.parametrize("blank", [False, True])
def test_file_that_goes_out_has_every_header_that_gettext_asks_for(tmp_path, blank):
    path = tmp_path / "sv.po"
    path.write_bytes(sent_out(full(), blank=blank))
    checked = subprocess.run(
        ["msgfmt", "--check", "-o", "/dev/null", str(path)],
        check=True,
        capture_output=True,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    assert checked.stderr == b""
    headers = parse_po(path).metadata
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert headers["X-Generator"].startswith("Kuule ")


def test_every_language_of_a_study_of_ours_has_plural_forms():
    languages = sorted(path.stem for path in INTERFACE.glob("*.po"))
    assert len(languages) > 25
    unknown = [tag for tag in languages if "Plural-Forms" not in po_headers("our-voice", tag, "2026-11-24")]
    assert unknown == []


def test_length_goes_out_as_weblate_s_flag_and_is_not_kept(tmp_path):
    study = study_in(tmp_path)
    sent = sent_out(catalogue(study), blank=False).decode()
    assert sent.count("#, max-length:") == len(catalogue(study).entries)
    assert '#, max-length:40\nmsgctxt "study:title"' in sent
    (tmp_path / "sv.po").write_text(sent.replace("Studien", "Undersökningen"), "utf-8")
    import_translations(study, [tmp_path / "sv.po"], taken())
    assert b"max-length" not in (study / "languages" / "sv.po").read_bytes()


def test_what_an_editor_writes_into_the_header_does_not_come_back(tmp_path):
    study = study_in(tmp_path)
    sent = sent_out(catalogue(study), blank=True).decode()
    assert "whoever has this role, without a name <role@localhost>" in sent
    named = sent.replace("whoever has this role, without a name <role@localhost>", "A. Person <a@example.org>")
    (tmp_path / "sv.po").write_text(named.replace('msgstr ""\n\n', 'msgstr "Ord"\n\n'), "utf-8")
    import_translations(study, [tmp_path / "sv.po"], taken())
    assert "Person" not in (study / "languages" / "sv.po").read_text("utf-8")
