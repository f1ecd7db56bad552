"""XLIFF 1.2 goes out by the rules of the standard, and comes back as agencies' programs leave it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

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
from kuule.translation.formats.returned_texts import BLANK_HASH, ReturnedFile
from kuule.translation.formats.xliff12_export import export_xliff12
from kuule.translation.formats.xliff12_names import STATES_12, UNSURE_STATES, name_12
from kuule.translation.formats.xliff_import import import_xliff
from tests.sampling import examples
from tests.translation.partner import TEXTS, catalogue, study_in

NAME = SourceText("form:/data/name:label", "Hello ${name}, ${name} and ${place}!", "a question; at most 54 characters")
TARGET = "Hej ${place}, ${name} och ${name}!"


def sent(
    text: str = TARGET,
    source: SourceText = NAME,
    state: State = State.DRAFT_ONE,
    *,
    blank: bool = False,
    **changes: object,
) -> bytes:
    made = with_translation(
        untranslated_entry(source), text, state=state, origin=TextOrigin.PERSON, by="translator", on="2026-11-20"
    )
    entry = replace(made, **changes) if text else untranslated_entry(source)  # type: ignore[arg-type]
    return export_xliff12(Catalogue("ar", {source.key: entry}), "our-voice/languages", "en", blank=blank)


def back(folder: Path, content: bytes | str) -> ReturnedFile:
    (folder / "ar.xlf").write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_xliff(folder / "ar.xlf", ("en", "sv", "ar"), "en")


def test_unit_has_its_key_length_notes_state_record_and_placeholders() -> None:
    draft = DraftTranslation("Hej!", TextOrigin.PERSON, "translator", source_hash=text_hash(NAME.text))
    root = etree.fromstring(sent(note="pretest: clear", drafts=(draft,)))
    file, unit = root[0], next(root.iter(name_12("trans-unit")))
    assert (file.get("source-language"), file.get("target-language"), file.get("original")) == (
        "en",
        "ar",
        "our-voice/languages/ar.po",
    )
    assert (unit.get("resname"), unit.get("maxwidth"), unit.get("size-unit")) == (NAME.key, "54", "char")
    notes = [(note.get("from"), note.get("annotates"), note.text) for note in unit.iter(name_12("note"))]
    assert notes == [
        ("kuule", "source", NAME.note),
        ("kuule", "target", "translator: Hej!"),
        ("comment", "target", "pretest: clear"),
    ]
    sides = [unit.find(name_12(side)) for side in ("source", "target")]
    codes = [[(ph.get("id"), ph.text) for ph in side] for side in sides if side is not None]
    assert codes == [
        [("1", "${name}"), ("2", "${name}"), ("3", "${place}")],
        [("3", "${place}"), ("1", "${name}"), ("2", "${name}")],
    ]
    assert dict(unit[-1].attrib) == {
        "text": text_hash(TARGET),
        "source": text_hash(NAME.text),
        "origin": "person",
        "by": "translator",
        "on": "2026-11-20",
    }


def test_every_state_has_a_word_of_version_1_2() -> None:
    words = {"final", "new", "needs-translation", "signed-off", "translated"}
    assert (set(STATES_12), set(STATES_12.values()) <= words) == (set(State), True)
    assert UNSURE_STATES.isdisjoint(set(STATES_12.values()) - {"needs-translation"})


_ORDER = {"source": 0, "target": 1, "note": 2, "record": 3}


def broken_rules(content: bytes) -> list[str]:
    """Rules of the schema of version 1.2 that a file breaks, as far as we use it."""
    root, found = etree.fromstring(content), list[str]()
    ids = Counter(unit.get("id") for unit in root.iter(name_12("trans-unit")))
    found += [f"id {name} twice" for name, times in ids.items() if times > 1]
    for unit in root.iter(name_12("trans-unit")):
        order = [_ORDER[etree.QName(part).localname] for part in unit]
        found += [] if order == sorted(order) and order[0] == 0 else [f"order {order}"]
        found += [] if re.fullmatch(r"[\w.:-]+", unit.get("id", "")) else ["id"]
        for side in (unit.find(name_12("source")), unit.find(name_12("target"))):
            if side is not None:
                inside = [part.get("id") for part in side]
                found += [] if len(set(inside)) == len(inside) else ["ph twice"]
                found += [] if all(part.get("id") and part.text for part in side) else ["ph without content"]
    return found


def test_file_of_a_whole_study_keeps_the_rules_and_comes_back_untouched(tmp_path: Path) -> None:
    ours = catalogue(study_in(tmp_path), "ar")
    content = export_xliff12(ours, "small-study/languages", "en", blank=False)
    assert broken_rules(content) == []
    file = back(tmp_path, content)
    assert (file.language, {one.was_edited for one in file.texts}) == ("ar", {False})
    assert {one.key: one.text for one in file.texts} == ours.texts
    assert {one.key: one.source for one in file.texts} == {one.key: one.source for one in ours.entries.values()}


@settings(max_examples=examples(200), deadline=None)
@given(text=TEXTS, source=TEXTS)
def test_any_text_comes_back_and_the_file_keeps_the_rules(
    tmp_path_factory: pytest.TempPathFactory, text: str, source: str
) -> None:
    content = sent(text, SourceText("form:/data/x:label", f"{source}\x07${{name}}"))
    assert broken_rules(content) == []
    (one,) = back(tmp_path_factory.mktemp("x"), content).texts
    assert (one.text, one.source, one.was_edited) == (text, f"{source}\x07${{name}}", False)


def test_blank_file_shows_no_translation(tmp_path: Path) -> None:
    draft = DraftTranslation("Utkast", TextOrigin.PERSON, "translator")
    content = sent(blank=True, note="pretest: clear", drafts=(draft,), stale=True, previous="Hi")
    for hidden in (b"Hej", b"Utkast", b"pretest", b"<target>", b"translator"):
        assert hidden not in content
    (one,) = back(tmp_path, content).texts
    assert (one.text, one.sent_hash, one.is_fuzzy) == ("", BLANK_HASH, False)


@pytest.mark.parametrize("state", sorted(UNSURE_STATES))
def test_translated_text_that_was_put_back_is_unsure(tmp_path: Path, state: str) -> None:
    (one,) = back(tmp_path, sent().decode().replace('state="translated"', f'state="{state}"')).texts
    assert (one.is_fuzzy, one.was_edited) == (True, False)


def test_agency_may_mark_segments_and_change_placeholders(tmp_path: Path) -> None:
    content = sent().decode()
    target = (
        '<seg-source><mrk mtype="seg" mid="1">Hello</mrk></seg-source><target state="final">'
        '<mrk mtype="seg" mid="1">Hej <x id="1"/>,</mrk> <mrk mtype="seg" mid="2">ny <g id="9">text</g>'
        '<bpt id="7">**</bpt><ept id="7">**</ept><x id="8" equiv-text="${place}"/></mrk></target>'
    )
    cut = re.sub(r"(?s)<target.*</target>", target.replace("\\", ""), content)
    (one,) = back(tmp_path, cut).texts
    assert one.text == "Hej ${name}, ny text****${place}"
    assert (one.was_edited, one.is_fuzzy) == (True, False)


def test_placeholder_that_an_editor_made_plain_text_is_text(tmp_path: Path) -> None:
    plain = re.sub(r"<ph [^>]*>([^<]*)</ph>", r"\1", sent().decode())
    (one,) = back(tmp_path, plain).texts
    assert (one.text, one.was_edited, one.source) == (TARGET, False, NAME.text)


def test_record_that_a_program_dropped_is_missed_by_nobody(tmp_path: Path) -> None:
    (one,) = back(tmp_path, re.sub(r"<kuule:record[^>]*/>", "", sent().decode())).texts
    assert (one.text, one.was_edited, one.origin) == (TARGET, None, TextOrigin.MACHINE)


def test_note_of_an_agency_comes_back_and_ours_do_not(tmp_path: Path) -> None:
    content = sent(note="ours").decode().replace("</trans-unit>", "<note>short\nand clear</note></trans-unit>")
    assert back(tmp_path, content).texts[0].notes == ("ours", "short", "and clear")


def test_file_saved_by_a_program_of_translators_is_the_same(tmp_path: Path) -> None:
    """What Weblate and others do when they save a file; a program of its own, as it is to us."""
    (tmp_path / "ar.xlf").write_bytes(sent(""))
    code = (
        "import sys\nfrom translate.storage import factory\nstore = factory.getobject(sys.argv[1])\n"
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
        (WHOLE.replace('version="1.2"', 'version="3.0"', 1), "LANG_053", "ar.xlf", "its version is '3.0'"),
        (
            WHOLE.replace("?>", '?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>', 1),
            "LANG_053",
            "ar.xlf",
            "a document type",
        ),
        (WHOLE.replace('target-language="ar"', 'target-language="fi"'), "LANG_052", "ar.xlf", "'fi'"),
        (WHOLE.replace('target-language="ar"', ""), "LANG_052", "ar.xlf", "it names no language"),
        (WHOLE.replace(' resname="form:/data/name:label"', ""), "LANG_054", "ar.xlf, line 8", "lost its resname"),
        (re.sub(r"(<target[^>]*>)", r"\1<b>x</b>", WHOLE), "LANG_054", "ar.xlf, line", "the element b"),
        (re.sub(r"(<target[^>]*>)", r"\1<x id='9'/>", WHOLE), "LANG_054", "ar.xlf, line", "nobody can tell"),
        (
            re.sub(r"(<target[^>]*>)", r"\1<ph id='9' ctype='x-kuule-character'>U+D800</ph>", WHOLE),
            "LANG_054",
            "ar.xlf, line",
            "'D800' is no character",
        ),
        (re.sub(r"(?s)<source.*</source>", "", WHOLE), "LANG_054", "ar.xlf, line", "has no source"),
        (re.sub(r"(?s)(<trans-unit.*</trans-unit>)", r"\1\1", WHOLE), "LANG_054", "ar.xlf", "more than once"),
    ],
)
def test_half_broken_file_is_refused_with_its_place(
    tmp_path: Path, content: str, code: str, place: str, said: str
) -> None:
    with pytest.raises(StudyError) as raised:
        back(tmp_path, content)
    ((found, where, cause),) = [(one.code, one.place, one.cause) for one in raised.value.problems]
    assert (found, where.startswith(place), said in cause) == (code, True, True), (where, cause)


@settings(max_examples=examples(150), deadline=None)
@given(cut=TEXTS)
def test_damaged_file_is_read_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, cut: str) -> None:
    at = sum(map(ord, cut)) % len(WHOLE)
    damaged = WHOLE[:at] + cut + WHOLE[at + len(cut) :]
    try:
        back(tmp_path_factory.mktemp("x"), damaged)
        codes = set[str]()
    except StudyError as error:
        codes = {one.code for one in error.problems}
    assert codes <= {"LANG_052", "LANG_053", "LANG_054"}
