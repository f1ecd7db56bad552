"""What one study has translated is a first draft of another, and a file for other programs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from kuule.core.problems import StudyError
from kuule.languages.workflow.states import State, TextOrigin
from kuule.languages.workflow.workflow_steps import WorkflowStep
from kuule.translation.exporting import export_translations
from kuule.translation.history import read_text_history
from kuule.translation.importing import import_translations
from kuule.translation.memory.memory_file import write_memory
from kuule.translation.memory.reusing import ROLE, reuse_translations
from kuule.translation.memory.tmx import read_tmx, tmx_bytes
from kuule.translation.memory.translation_pairs import TranslationMemory, TranslationPair
from kuule.translation.translation_format import TranslationFormat
from tests.sampling import examples
from tests.translation.partner import AGE, DAY, TEXTS, TITLE, catalogue, entry, study_in, taken

PAIR = TranslationPair(AGE, "How old are you?", "sv", "Hur gammal är du?", State.REVIEWED, TextOrigin.PERSON, "other")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study in which a person translated the question about age into Swedish."""
    folder = tmp_path_factory.mktemp("other")
    study = study_in(folder)
    [sv] = export_translations(study, TranslationFormat.PO, ("sv",), folder / "out", blank=False)
    before = entry(study, AGE).text
    sv.write_text(sv.read_text("utf-8").replace(f'msgstr "{before}"', 'msgstr "Din ålder?"'), "utf-8")
    import_translations(study, [sv], taken())
    assert (entry(study, AGE).text, entry(study, AGE).origin) == ("Din ålder?", TextOrigin.PERSON)
    return study


def test_person_s_translation_takes_the_place_of_a_machine_s_as_a_first_draft(other: Path, tmp_path: Path) -> None:
    study = study_in(tmp_path)
    swedish, arabic = reuse_translations(study, [other], DAY)
    assert (swedish.language, dict(swedish.taken), swedish.ambiguous) == ("sv", {"small-study": (AGE,)}, ())
    assert (arabic.language, dict(arabic.taken)) == ("ar", {})
    made = entry(study, AGE)
    assert (made.text, made.state, made.origin, made.by) == (
        "Din ålder?",
        State.DRAFT_ONE,
        TextOrigin.PERSON,
        ROLE,
    )
    (line,) = read_text_history(study / "languages" / "history" / "sv.jsonl", AGE)
    assert (line.by, line.step, line.text, line.machine) == (ROLE, "draft", "Din ålder?", False)


def test_what_a_person_wrote_here_stays(other: Path, tmp_path: Path) -> None:
    study = study_in(tmp_path)
    [sv] = export_translations(study, TranslationFormat.PO, ("sv",), tmp_path / "out", blank=False)
    sv.write_text(sv.read_text("utf-8").replace(entry(study, AGE).text, "Hur många år har du?"), "utf-8")
    import_translations(study, [sv], taken())
    results = reuse_translations(study, [other], DAY)
    assert ([dict(one.taken) for one in results], entry(study, AGE).text) == ([{}, {}], "Hur många år har du?")


def test_only_say_writes_nothing(other: Path, tmp_path: Path) -> None:
    study = study_in(tmp_path)
    before = (study / "languages" / "sv.po").read_bytes()
    (swedish,) = reuse_translations(study, [other], DAY, languages=("sv",), only_say=True)
    assert (dict(swedish.taken), (study / "languages" / "sv.po").read_bytes()) == ({"small-study": (AGE,)}, before)


def test_reused_text_needs_a_second_translator_and_a_review_of_its_own(other: Path, tmp_path: Path) -> None:
    study = study_in(tmp_path)
    reuse_translations(study, [other], DAY)
    [sv] = export_translations(study, TranslationFormat.PO, ("sv",), tmp_path / "out", blank=False)
    (result,) = import_translations(study, [sv], taken(WorkflowStep.REVIEW, "reviewer"))
    assert {change.outcome for change in result.changes if change.key == AGE} == {"not taken"}


def test_several_wordings_are_left_to_a_person(tmp_path: Path) -> None:
    pairs = [replace(PAIR, key="form:/data/a:label"), replace(PAIR, key="form:/data/b:label", text="Din ålder?")]
    memory = TranslationMemory(pairs)
    assert {one.text for one in memory.matches("sv", PAIR.source, AGE)} == {PAIR.text, "Din ålder?"}
    assert [one.text for one in memory.matches("sv", PAIR.source, "form:/data/b:label")] == ["Din ålder?"]
    machine = replace(PAIR, key=AGE, text="Ålder", origin=TextOrigin.MACHINE)
    assert machine not in TranslationMemory([*pairs, machine]).matches("sv", PAIR.source, AGE)
    assert memory.matches("fi", PAIR.source, AGE) == ()
    (tmp_path / "two.tmx").write_bytes(tmx_bytes([replace(one, source="How old are you?") for one in pairs], "en"))
    study = study_in(tmp_path)
    source = entry(study, AGE).source
    (tmp_path / "two.tmx").write_bytes(tmx_bytes([replace(one, source=source) for one in pairs], "en"))
    (swedish,) = reuse_translations(study, [tmp_path / "two.tmx"], DAY, languages=("sv",))
    assert (dict(swedish.taken), swedish.ambiguous) == ({}, (AGE,))


def test_memory_of_a_study_comes_back_from_its_file(other: Path, tmp_path: Path) -> None:
    count = write_memory([other], tmp_path / "memory.tmx")
    pairs = read_tmx(tmp_path / "memory.tmx", "en", ("sv", "ar"))
    assert (len(pairs), count) == (count, len(catalogue(other).texts) + len(catalogue(other, "ar").texts))
    study = study_in(tmp_path)
    (swedish,) = reuse_translations(study, [tmp_path / "memory.tmx"], DAY, languages=("sv",))
    assert dict(swedish.taken) == {"memory.tmx": (AGE,)}


@settings(max_examples=examples(100), deadline=None)
@given(text=TEXTS, source=TEXTS)
def test_any_pair_comes_back_but_for_what_xml_cannot_say(
    tmp_path_factory: pytest.TempPathFactory, text: str, source: str
) -> None:
    path = tmp_path_factory.mktemp("tmx") / "one.tmx"
    sent = replace(PAIR, text=f"{text}${{name}}", source=f"${{name}}{source}")
    path.write_bytes(tmx_bytes([sent], "en"))
    assert read_tmx(path, "en", ("sv",)) == [replace(sent, place="one.tmx")]


def test_placeholders_are_marked_for_other_programs() -> None:
    content = tmx_bytes([replace(PAIR, text="${name}, hej", source="Hello ${name}")], "en")
    root = etree.fromstring(content)
    assert [code.text for code in root.iter("ph")] == ["${name}", "${name}"]
    assert b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">' in content


def test_file_of_another_program_is_a_machine_s_until_it_says_more(tmp_path: Path) -> None:
    (tmp_path / "x.tmx").write_text(
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv lang="EN"><seg>Yes</seg></tuv>'
        '<tuv xml:lang="SV"><seg>Ja<bpt i="1">&lt;b&gt;</bpt></seg></tuv></tu><tu/></body></tmx>'
    )
    (pair,) = read_tmx(tmp_path / "x.tmx", "en", ("sv", "ar"))
    assert (pair.source, pair.text, pair.origin, pair.state) == (
        "Yes",
        "Ja<b>",
        TextOrigin.MACHINE,
        State.DRAFT_ONE,
    )


@pytest.mark.parametrize(
    ("variants", "found"),
    [
        ({"en-US": "Yes", "sv-SE": "Ja"}, [("Yes", "Ja")]),
        ({"en_GB": "Yes", "SV_fi": "Jo"}, [("Yes", "Jo")]),
        ({"en": "Yes", "en-US": "Yeah", "sv": "Ja", "sv-FI": "Jo"}, [("Yes", "Ja")]),
        ({"en": "Yes", "sv-SE": "Ja", "sv-FI": "Jo", "sv-AX": "Jo"}, [("Yes", "Ja"), ("Yes", "Jo")]),
        ({"en": "Yes", "sv-Latn": "Ja"}, []),
        ({"en": "Yes", "sva-GE": "Ho"}, []),
    ],
)
def test_regions_of_a_language_stand_for_it(
    tmp_path: Path, variants: dict[str, str], found: list[tuple[str, str]]
) -> None:
    """Trados and memoQ name a region in every memory; "nothing to take" was all that was said of it."""
    units = "".join(f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in variants.items())
    (tmp_path / "x.tmx").write_text(f'<tmx version="1.4"><body><tu>{units}</tu></body></tmx>', "utf-8")
    assert [(one.source, one.text) for one in read_tmx(tmp_path / "x.tmx", "en", ("sv",))] == found


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<tmx", "it is not whole"),
        ("<xliff/>", "its first element is not tmx"),
        ('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', "it defines entities"),
        ('<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx>\n&nbsp;</tmx>', "it does not say which character &nbsp; is"),
        (None, "it cannot be read"),
    ],
)
def test_file_that_is_no_memory_is_refused_in_words(tmp_path: Path, content: str | None, said: str) -> None:
    path = tmp_path / "x.tmx"
    if content is not None:
        path.write_text(content)
    with pytest.raises(StudyError) as raised:
        read_tmx(path, "en", ("sv",))
    assert [(one.code, said in one.cause) for one in raised.value.problems] == [("LANG_063", True)]


def test_study_itself_and_studies_in_other_languages_are_no_memory(other: Path, tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="LANG_064"):
        reuse_translations(other, [other], DAY)
    with pytest.raises(StudyError, match="LANG_063"):
        write_memory([other], tmp_path / "memory.xml")
    (tmp_path / "memory.tmx").touch()
    with pytest.raises(StudyError, match="LANG_058"):
        write_memory([other], tmp_path / "memory.tmx")


def test_export_is_renewed_once_what_was_translated_in_it_is_imported(tmp_path: Path) -> None:
    study, out = study_in(tmp_path), tmp_path / "weblate"
    [sv] = export_translations(study, TranslationFormat.PO, ("sv",), out, blank=False)
    assert export_translations(study, TranslationFormat.PO, ("sv",), out, blank=False, update=True) == [sv]
    edited = sv.read_text("utf-8").replace(entry(study, TITLE).text, "Undersökningen")
    sv.write_text(edited, "utf-8")
    with pytest.raises(StudyError, match="LANG_058") as raised:
        export_translations(study, TranslationFormat.PO, ("sv",), out, blank=False, update=True)
    assert f"1 of its texts is not in the study ({TITLE})" in raised.value.problems[0].cause
    assert sv.read_text("utf-8") == edited
    import_translations(study, [sv], taken())
    export_translations(study, TranslationFormat.PO, ("sv",), out, blank=False, update=True)
    assert "by=translator" in sv.read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "blank", "said"),
    [(TranslationFormat.XLIFF, False, "is not updated"), (TranslationFormat.PO, True, "--blank would take")],
)
def test_what_cannot_be_updated_says_so(tmp_path: Path, kind: TranslationFormat, blank: bool, said: str) -> None:
    with pytest.raises(StudyError) as raised:
        export_translations(tmp_path, kind, (), tmp_path / "out", blank=blank, update=True)
    assert [(one.code, said in one.cause) for one in raised.value.problems] == [("LANG_062", True)]
