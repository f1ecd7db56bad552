"""XLIFF goes out by the rules of the standard, and comes back as agencies' programs leave it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from lxml import etree

from kuule.core.problems import StudyError
from kuule.languages.workflow.entries import (
    Catalogue,
    DraftTranslation,
    SourceText,
    text_hash,
    untranslated_entry,
    with_translation,
)
from kuule.languages.workflow.states import State, TextOrigin
from kuule.translation.formats.returned_texts import BLANK_HASH
from kuule.translation.formats.xliff_export import export_xliff
from kuule.translation.formats.xliff_import import import_xliff
from kuule.translation.formats.xliff_names import XLIFF_STATES, core_name, length_name, metadata_name
from tests.sampling import examples
from tests.translation.partner import TEXTS, catalogue, study_in

NAME = SourceText("form:/data/name:label", "Hello ${name}, ${name} and ${place}!", "a question; at most 54 characters")
TARGET = "Hej ${place}, ${name} och ${name}!"


def sent(text=TARGET, source=NAME, state=State.DRAFT_ONE, blank=False, **changes):
    made = with_translation(
        untranslated_entry(source), text, state=state, origin=TextOrigin.PERSON, by="translator", on="2026-11-20"
    )
    entry = replace(made, **changes) if text else untranslated_entry(source)
    return export_xliff(Catalogue("ar", {source.key: entry}), "our-voice/languages", "en", blank=blank)


def back(tmp_path, content):
    (tmp_path / "ar.xlf").write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_xliff(tmp_path / "ar.xlf", ("en", "sv", "ar"), "en")


def refusal(tmp_path, content):
    with pytest.raises(StudyError) as raised:
        back(tmp_path, content)
    return [(one.code, one.place, one.cause) for one in raised.value.problems]


def test_unit_has_its_key_notes_state_record_and_placeholders():
    draft = DraftTranslation("Hej!", TextOrigin.PERSON, "translator", source_hash=text_hash(NAME.text))
    root = etree.fromstring(sent(note="pretest: clear", drafts=(draft,)))
    assert {**root.attrib} == {"version": "2.1", "srcLang": "en", "trgLang": "ar"}
    file = root[0]
    assert (file.get("srcDir"), file.get("trgDir"), file.get("canResegment")) == ("ltr", "rtl", "no")
    assert file[0].get("generalProfile") == "xliff:codepoints"
    unit = file[1]
    assert (unit.get("name"), unit.get(length_name("sizeRestriction"))) == (NAME.key, "54")
    notes = [(note.get("category"), note.get("appliesTo"), note.text) for note in unit.iter(core_name("note"))]
    assert notes == [
        ("description", "source", NAME.note),
        ("draft", "target", "translator: Hej!"),
        ("comment", "target", "pretest: clear"),
    ]
    assert [data.text for data in unit.iter(core_name("data"))] == ["${name}", "${place}"]
    segment = unit.find(core_name("segment"))
    assert (segment.get("state"), segment.get("subState")) == ("translated", "kuule:draft-one")
    phs = [
        [ph.get("id") for ph in segment.find(core_name(side)).iter(core_name("ph"))] for side in ("source", "target")
    ]
    assert phs == [["p1", "p1-2", "p2"], ["p2", "p1", "p1-2"]]
    facts = {meta.get("type"): meta.text for meta in unit.iter(metadata_name("meta"))}
    assert facts == {
        "text": text_hash(TARGET),
        "source": text_hash(NAME.text),
        "origin": "person",
        "by": "translator",
        "on": "2026-11-20",
    }


def test_every_state_has_a_word_in_xliff():
    assert set(XLIFF_STATES) == set(State)
    assert set(XLIFF_STATES.values()) == {"initial", "translated", "reviewed", "final"}


def broken_rules(content):
    """Rules of XLIFF 2.1 that a file breaks: those of sections 4.2 and 4.7 that its schemas and Schematron check."""
    root, found = etree.fromstring(content), []
    ids = Counter(unit.get("id") for unit in root.iter(core_name("unit")))
    found += [f"id {name} twice" for name, count in ids.items() if count > 1]
    nmtoken = re.compile(r"[\w.:·-]+")
    for unit in root.iter(core_name("unit")):
        order = [etree.QName(part).localname for part in unit]
        wanted = sorted(order, key=["metadata", "notes", "originalData", "segment"].index)
        found += [] if order == wanted else [f"order {order}"]
        found += [] if nmtoken.fullmatch(unit.get("id")) else ["id"]
        data = [one.get("id") for one in unit.iter(core_name("data"))]
        found += [] if len(set(data)) == len(data) else ["data twice"]
        for segment in unit.iter(core_name("segment")):
            sides = {side: segment.find(core_name(side)) for side in ("source", "target")}
            if segment.get("state") != "initial" and sides["target"] is None:
                found.append("state without target")
            inline = {
                side: {ph.get("id"): ph.get("dataRef") for ph in element.iter(core_name("ph"))}
                for side, element in sides.items()
                if element is not None
            }
            counts = {
                side: len(list(element.iter(core_name("ph")))) for side, element in sides.items() if element is not None
            }
            found += ["ph twice" for side in inline if len(inline[side]) != counts[side]]
            found += ["dataRef" for side in inline for ref in inline[side].values() if ref not in data]
            for name, ref in inline.get("target", {}).items():
                found += [] if inline["source"].get(name, ref) == ref else ["target id"]
    return found


def test_file_of_a_whole_study_keeps_the_rules_and_comes_back_untouched(tmp_path):
    study = study_in(tmp_path)
    ours = catalogue(study, "ar")
    content = export_xliff(ours, "small-study/languages", "en", blank=False)
    assert broken_rules(content) == []
    file = back(tmp_path, content)
    assert (file.language, {one.was_edited for one in file.texts}) == ("ar", {False})
    assert {one.key: one.text for one in file.texts} == ours.texts
    assert {one.key: one.source for one in file.texts} == {one.key: one.source for one in ours.entries.values()}


@settings(max_examples=examples(200), deadline=None)
@given(text=TEXTS, source=TEXTS)
def test_any_text_comes_back_and_the_file_keeps_the_rules(tmp_path_factory, text, source):
    content = sent(text, SourceText("form:/data/x:label", f"{source}${{name}}"))
    assert broken_rules(content) == []
    (one,) = back(tmp_path_factory.mktemp("x"), content).texts
    assert (one.text, one.source, one.was_edited) == (text, f"{source}${{name}}", False)


def test_blank_file_shows_no_translation(tmp_path):
    draft = DraftTranslation("Utkast", TextOrigin.PERSON, "translator")
    content = sent(blank=True, note="pretest: clear", drafts=(draft,), stale=True, previous="Hi")
    for hidden in (b"Hej", b"Utkast", b"pretest", b"<target", b"translator"):
        assert hidden not in content
    (one,) = back(tmp_path, content).texts
    assert (one.text, one.sent_hash, one.is_fuzzy) == ("", BLANK_HASH, False)


def test_translated_text_that_was_put_back_is_unsure(tmp_path):
    (one,) = back(tmp_path, sent().decode().replace('state="translated"', 'state="initial"')).texts
    assert (one.is_fuzzy, one.was_edited) == (True, False)


def test_stale_text_tells_what_its_source_was_before(tmp_path):
    content = sent(stale=True, previous="Hi ${name}", source_hash=text_hash("Hi ${name}"), state=State.PRETESTED)
    assert b"Before: Hi ${name}" in content
    assert b'subState="kuule:draft-one"' in content
    (one,) = back(tmp_path, content).texts
    assert (one.translated_source_hash, one.seen_source_hash) == (text_hash("Hi ${name}"), text_hash(NAME.text))


def test_agency_may_cut_mark_and_change_what_it_translates(tmp_path):
    target = (
        '<segment id="s1" state="reviewed"><source>Hello <ph id="p1" dataRef="dp1"/>, </source>'
        '<target>Hej <mrk id="m1" type="term"><ph id="p1"/></mrk>,</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment id="s2" state="reviewed"><source>x</source><target>ny <pc id="1" dataRefStart="b" dataRefEnd="b">text'
        '</pc><sm id="m2" type="term"/><em startRef="m2"/><cp hex="0007"/></target></segment>'
    )
    content = sent().decode()
    cut = content[: content.index("<segment")] + target + content[content.index("</segment>") + len("</segment>") :]
    cut = cut.replace("<originalData>", '<originalData><data id="b">**</data>')
    (one,) = back(tmp_path, cut).texts
    assert one.text == "Hej ${name}, ny **text**\x07"
    assert (one.was_edited, one.is_fuzzy) == (True, False)


def test_note_of_an_agency_comes_back_and_ours_do_not(tmp_path):
    content = sent(note="ours").decode().replace("</notes>", "<note>short\nand clear</note></notes>")
    assert back(tmp_path, content).texts[0].notes == ("ours", "short", "and clear")


def test_file_saved_by_a_program_of_translators_is_the_same(tmp_path):
    (tmp_path / "ar.xlf").write_bytes(sent(""))
    code = (
        "import sys\nfrom translate.storage import xliff2\nstore = xliff2.Xliff2File.parsefile(sys.argv[1])\n"
        "store.units[0].target = 'Ny'\nstore.save()"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "ar.xlf")], check=True, capture_output=True)
    (one,) = back(tmp_path, (tmp_path / "ar.xlf").read_bytes()).texts
    assert (one.key, one.text, one.sent_hash, one.source) == (NAME.key, "Ny", BLANK_HASH, NAME.text)


WHOLE = sent().decode()


@pytest.mark.parametrize(
    ("content", "code", "place", "said"),
    [
        (WHOLE[:900], "LANG_053", "ar.xlf, line", "it is not whole"),
        ("", "LANG_053", "ar.xlf, line 1", "it is not whole"),
        ("<xliff version='1.2'/>", "LANG_053", "ar.xlf", "It is version 1.2"),
        (WHOLE.replace('version="2.1"', 'version="3.0"'), "LANG_053", "ar.xlf", "its version is '3.0'"),
        (
            WHOLE.replace("?>", '?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>', 1),
            "LANG_053",
            "ar.xlf",
            "a document type",
        ),
        (WHOLE.replace('trgLang="ar"', 'trgLang="fi"'), "LANG_052", "ar.xlf", "'fi'"),
        (WHOLE.replace('trgLang="ar"', ""), "LANG_052", "ar.xlf", "it names no language"),
        (WHOLE.replace(' name="form:/data/name:label"', ""), "LANG_054", "ar.xlf, line 5", "lost its name"),
        (WHOLE.replace("<target>", "<target><b>x</b>"), "LANG_054", "ar.xlf, line", "the element b"),
        (WHOLE.replace("<target>", '<target><cp hex="D800"/>'), "LANG_054", "ar.xlf, line", "'D800' is no character"),
        (WHOLE.replace("<target>", '<target><ph id="9"/>'), "LANG_054", "ar.xlf, line", "nobody can tell"),
        (re.sub(r"(?s)<segment.*</segment>", "", WHOLE), "LANG_054", "ar.xlf, line", "has no segment"),
        (re.sub(r"(?s)(<unit.*</unit>)", r"\1\1", WHOLE), "LANG_054", "ar.xlf", "more than once"),
    ],
)
def test_half_broken_file_is_refused_with_its_place(tmp_path, content, code, place, said):
    ((found, where, cause),) = refusal(tmp_path, content)
    assert (found, where.startswith(place), said in cause) == (code, True, True), (where, cause)


@settings(max_examples=examples(150), deadline=None)
@given(cut=TEXTS)
def test_damaged_file_is_read_or_refused_in_words(tmp_path_factory, cut):
    at = sum(map(ord, cut)) % len(WHOLE)
    damaged = WHOLE[:at] + cut + WHOLE[at + len(cut) :]
    try:
        back(tmp_path_factory.mktemp("x"), damaged)
        codes = set()
    except StudyError as error:
        codes = {one.code for one in error.problems}
    assert codes <= {"LANG_052", "LANG_053", "LANG_054"}


def test_live_numbers_of_the_report_are_placeholders(tmp_path):
    source = SourceText(
        "report.md:0123456789ab:paragraph", "{{ if shown told yes }}{{ share told yes }} told.{{ end }}"
    )
    text = "{{ if shown told yes }}قال {{ share told yes }}.{{ end }}"
    root = etree.fromstring(sent(text, source))
    codes = [data.text for data in root.iter(core_name("data"))]
    assert codes == ["{{ if shown told yes }}", "{{ share told yes }}", "{{ end }}"]
    assert [one.text for one in back(tmp_path, sent(text, source)).texts] == [text]
