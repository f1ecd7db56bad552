"""A PO file is read against the texts of a study, and written again without a loss."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.core.problems import StudyError
from kuule.languages.gettext.catalogue import po_bytes, read_po, read_pot, template_state
from kuule.languages.workflow.entries import (
    Catalogue,
    DraftTranslation,
    Entry,
    SourceText,
    text_hash,
    untranslated_entry,
    with_translation,
)
from kuule.languages.workflow.states import State, TextOrigin
from tests.languages.po import write_po
from tests.sampling import examples

AGE = SourceText("form:/data/age:label", "How old are you?", "question, asked of everyone")
END = SourceText("form:/data/end:label", "Thank you, ${name}.\nGoodbye.")
SOURCES = (AGE, END)


def two_drafts(source):
    roles = ("translator", "second-translator")
    return tuple(
        DraftTranslation(f"{by}'s", TextOrigin.PERSON, by, "2026-11-24", text_hash(source.text)) for by in roles
    )


def made(source, text, state=State.REVIEWED, origin=TextOrigin.PERSON):
    entry = with_translation(untranslated_entry(source), text, state=state, origin=origin)
    return replace(entry, drafts=two_drafts(source)) if state.reaches(State.DRAFT_TWO) else entry


def catalogue(*entries, **more):
    return Catalogue("sv", {entry.key: entry for entry in entries}, **more)


def po(tmp_path, body):
    path = tmp_path / "sv.po"
    path.write_text('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n' + body, "utf-8")
    return path


def test_text_hash_is_the_start_of_sha_256():
    assert text_hash("abc") == "ba7816bf"


def test_written_file_says_state_origin_and_hashes(tmp_path):
    write_po(tmp_path / "sv.po", catalogue(made(AGE, "Hur gammal är du?", State.DRAFT_ONE, TextOrigin.MACHINE)))
    lines = (tmp_path / "sv.po").read_text("utf-8").splitlines()
    hashes = f"text={text_hash('Hur gammal är du?')} source={text_hash(AGE.text)}"
    assert lines[-5:] == [
        f"# kuule: state=draft-one origin=machine {hashes}",
        "#. question, asked of everyone",
        'msgctxt "form:/data/age:label"',
        'msgid "How old are you?"',
        'msgstr "Hur gammal är du?"',
    ]
    assert '"X-Kuule-Translation-Origin: machine\\n"' in (tmp_path / "sv.po").read_text("utf-8")


def test_round_trip_is_stable_to_the_byte(tmp_path):
    full = catalogue(
        replace(made(AGE, "Hur gammal är du?"), note="pretest: clear to all six\nsecond line", flags=("c-format",)),
        untranslated_entry(END),
        obsolete=(made(SourceText("form:/data/gone:label", "Gone"), "Borta"),),
        metadata={"Project-Id-Version": "our-voice"},
        header="Swedish, made by partners",
    )
    first = po_bytes(full)
    (tmp_path / "sv.po").write_bytes(first)
    again = read_po(tmp_path / "sv.po", SOURCES)
    assert again.entries == full.entries
    assert again.obsolete == full.obsolete
    assert po_bytes(again) == first


def test_text_edited_elsewhere_is_a_draft_by_a_person(tmp_path):
    write_po(tmp_path / "sv.po", catalogue(made(AGE, "Hur gammal är du?", State.DRAFT_ONE, TextOrigin.MACHINE)))
    edited = (tmp_path / "sv.po").read_text("utf-8").replace("Hur gammal", "Vilken ålder")
    (tmp_path / "sv.po").write_text(edited, "utf-8")
    entry = read_po(tmp_path / "sv.po", (AGE,)).entries[AGE.key]
    assert (entry.text, entry.state, entry.origin, entry.stale) == (
        "Vilken ålder är du?",
        State.DRAFT_ONE,
        TextOrigin.PERSON,
        False,
    )


def test_text_whose_source_changed_is_stale_and_keeps_the_older_source(tmp_path):
    write_po(tmp_path / "sv.po", catalogue(made(AGE, "Hur gammal är du?", State.PRETESTED)))
    changed = SourceText(AGE.key, "How old are you now?")
    read = read_po(tmp_path / "sv.po", (changed,))
    entry = read.entries[AGE.key]
    assert (entry.stale, entry.state, entry.effective_state, entry.previous) == (
        True,
        State.PRETESTED,
        State.DRAFT_ONE,
        "How old are you?",
    )
    write_po(tmp_path / "sv.po", read)
    assert read_po(tmp_path / "sv.po", (changed,)).entries[AGE.key] == entry
    back = read_po(tmp_path / "sv.po", (AGE,)).entries[AGE.key]
    assert (back.stale, back.effective_state) == (False, State.PRETESTED)


def test_text_edited_elsewhere_goes_back_as_far_as_its_two_drafts_bear(tmp_path):
    write_po(tmp_path / "sv.po", catalogue(made(AGE, "Hur gammal är du?", State.ADJUDICATED)))
    edited = (tmp_path / "sv.po").read_text("utf-8").replace('msgstr "Hur gammal', 'msgstr "Vilken ålder')
    (tmp_path / "sv.po").write_text(edited, "utf-8")
    entry = read_po(tmp_path / "sv.po", (AGE,)).entries[AGE.key]
    assert (entry.text, entry.state, entry.drafts) == ("Vilken ålder är du?", State.DRAFT_TWO, two_drafts(AGE))


@pytest.mark.parametrize("state", [state for state in State if state.reaches(State.DRAFT_TWO)])
@pytest.mark.parametrize("kept", ["none", "one", "a machine's", "one role's", "another source's"])
def test_record_that_says_more_than_two_drafts_of_people_bear_is_a_first_draft(tmp_path, state, kept):
    one, two = two_drafts(AGE)
    drafts = {
        "none": (),
        "one": (one,),
        "a machine's": (one, replace(two, origin=TextOrigin.MACHINE)),
        "one role's": (one, replace(two, by=one.by)),
        "another source's": (one, replace(two, source_hash=text_hash("What is your age?"))),
    }[kept]
    write_po(tmp_path / "sv.po", catalogue(replace(made(AGE, "Hur gammal?", state), drafts=drafts)))
    entry = read_po(tmp_path / "sv.po", (AGE,)).entries[AGE.key]
    assert (entry.state, entry.drafts) == (State.DRAFT_ONE, drafts)


def test_machine_text_that_is_only_flagged_stays_a_machine_s(tmp_path):
    machine = replace(made(AGE, "Hur gammal?", State.DRAFT_ONE, TextOrigin.MACHINE), flags=("fuzzy",))
    write_po(tmp_path / "sv.po", catalogue(machine))
    assert read_po(tmp_path / "sv.po", (AGE,)).entries[AGE.key] == machine


def test_entry_without_a_record_is_a_draft_by_a_person(tmp_path):
    path = po(tmp_path, f'msgctxt "{AGE.key}"\nmsgid "How old are you?"\nmsgstr "Hur gammal?"\n')
    entry = read_po(path, SOURCES).entries[AGE.key]
    assert (entry.state, entry.origin, entry.stale) == (State.DRAFT_ONE, TextOrigin.PERSON, False)


def test_entry_marked_fuzzy_is_a_draft_whatever_its_record_says(tmp_path):
    write_po(tmp_path / "sv.po", catalogue(replace(made(AGE, "Hur gammal?"), flags=("fuzzy",))))
    assert read_po(tmp_path / "sv.po", (AGE,)).entries[AGE.key].state is State.DRAFT_TWO


def test_record_with_a_state_that_does_not_exist_is_a_draft(tmp_path):
    write_po(tmp_path / "sv.po", catalogue(made(AGE, "Hur gammal?")))
    text = (tmp_path / "sv.po").read_text("utf-8").replace("state=reviewed", "state=perfect")
    (tmp_path / "sv.po").write_text(text, "utf-8")
    assert read_po(tmp_path / "sv.po", (AGE,)).entries[AGE.key].state is State.DRAFT_TWO


def test_key_that_the_study_does_not_know_is_kept_and_comes_back(tmp_path):
    write_po(tmp_path / "sv.po", catalogue(made(AGE, "Hur gammal?"), made(END, "Tack, ${name}.\nHej då.")))
    without = read_po(tmp_path / "sv.po", (AGE,))
    assert [entry.key for entry in without.obsolete] == [END.key]
    write_po(tmp_path / "sv.po", without)
    assert '#~ msgctxt "form:/data/end:label"' in (tmp_path / "sv.po").read_text("utf-8")
    again = read_po(tmp_path / "sv.po", SOURCES)
    assert (again.entries[END.key].text, again.entries[END.key].state) == ("Tack, ${name}.\nHej då.", State.REVIEWED)
    assert again.obsolete == ()


def test_state_and_origin_of_a_language_are_the_lowest_and_the_most(tmp_path):
    both = catalogue(
        made(AGE, "a", State.PRETESTED, TextOrigin.MACHINE), made(END, "b", State.DRAFT_TWO, TextOrigin.MACHINE)
    )
    assert (both.state, both.origin) == (State.DRAFT_TWO, TextOrigin.MACHINE)
    assert catalogue(made(AGE, "a"), untranslated_entry(END)).state is State.UNTRANSLATED
    assert catalogue(made(AGE, "a"), made(END, "b", origin=TextOrigin.MACHINE)).origin is TextOrigin.PERSON
    assert catalogue().state is State.UNTRANSLATED


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        ('msgctxt "a"\nmsgid "x"\nmsgstr "y"\n\nmsgctxt "a"\nmsgid "x"\nmsgstr "z"\n', "LANG_003", "sv.po, line 9"),
        ('msgid "x"\nmsgstr "y"\n', "LANG_004", "sv.po, line 5"),
        ('msgctxt "a"\nmsgid "x"\nmsgid_plural "xs"\nmsgstr[0] "y"\nmsgstr[1] "z"\n', "LANG_005", "sv.po, line 5"),
        ("this is not a PO file\n", "LANG_002", "sv.po, line 5"),
        ('msgctxt "a"\nmsgid "x"\nmsgstr"y"\n', "LANG_002", "sv.po, line 7"),
    ],
)
def test_broken_file_says_what_and_where(tmp_path, body, code, place):
    with pytest.raises(StudyError) as raised:
        read_po(po(tmp_path, body), SOURCES)
    assert [(problem.code, problem.place) for problem in raised.value.problems] == [(code, place)]


def test_line_without_its_quotation_mark_is_not_taken_for_the_end_of_the_file(tmp_path):
    whole = 'msgctxt "a"\nmsgid "x"\nmsgstr "y"\n'
    for body, cause in (
        (whole.replace('"x"', '"x'), 'a text begins and ends with ", and the one on this line does not'),
        (whole.replace('"y"', '"y'), "the file ends in the midst of a text"),
    ):
        with pytest.raises(StudyError) as raised:
            read_po(po(tmp_path, body), SOURCES)
        assert [problem.cause for problem in raised.value.problems] == [cause]


def test_file_that_is_not_utf8_or_not_there_is_a_problem(tmp_path):
    (tmp_path / "sv.po").write_bytes(b'msgid "\xff"\nmsgstr ""\n')
    for name, cause in (
        ("sv.po", "byte 7 is not UTF-8"),
        ("fi.po", "the file cannot be read (No such file or directory)"),
    ):
        with pytest.raises(StudyError) as raised:
            read_po(tmp_path / name, SOURCES)
        assert [(problem.code, problem.cause) for problem in raised.value.problems] == [("LANG_002", cause)]


def test_file_that_holds_the_name_of_another_file_does_not_open_it(tmp_path):
    write_po(tmp_path / "secret.po", catalogue(made(AGE, "secret")))
    (tmp_path / "sv.po").write_text(str(tmp_path / "secret.po"), "utf-8")
    with pytest.raises(StudyError) as raised:
        read_po(tmp_path / "sv.po", SOURCES)
    assert raised.value.problems[0].code == "LANG_002"


def test_template_is_read_in_its_order(tmp_path):
    path = po(tmp_path, '#. a button\nmsgctxt "interface:go"\nmsgid "Go on"\nmsgstr ""\n')
    assert read_pot(path) == (SourceText("interface:go", "Go on", "a button"),)


@pytest.mark.parametrize(
    ("header", "standing"),
    [
        ("", (State.REVIEWED, TextOrigin.PERSON)),
        ("X-Kuule-Source-State: draft-one\\nX-Kuule-Source-Origin: machine\\n", (State.DRAFT_ONE, TextOrigin.MACHINE)),
        ("X-Kuule-Source-State: done\\nX-Kuule-Source-Origin: us\\n", (State.UNTRANSLATED, TextOrigin.MACHINE)),
    ],
)
def test_template_says_how_far_its_own_texts_are(tmp_path, header, standing):
    path = tmp_path / "interface.pot"
    path.write_text(f'msgid ""\nmsgstr ""\n"{header}"\n\nmsgctxt "interface:go"\nmsgid "Go on"\nmsgstr ""\n', "utf-8")
    assert template_state(path) == standing


LINES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t"\\#~%<\u2028\u2029\x85\u200f\u061c\u00a0'),
    min_size=1,
    max_size=40,
)


@settings(max_examples=examples(150), deadline=None)
@given(text=LINES, source=LINES, note=st.text(st.characters(categories=["L", "P"]), max_size=20), drafted=LINES)
def test_any_text_survives_the_file(tmp_path_factory, text, source, note, drafted):
    path = tmp_path_factory.mktemp("po") / "sv.po"
    entry = replace(made(SourceText("form:/data/x:label", source, note), text), note=note)
    entry = replace(entry, drafts=(replace(entry.drafts[0], text=drafted), entry.drafts[1]))
    write_po(path, catalogue(entry))
    read = read_po(path, (SourceText("form:/data/x:label", source, note),))
    assert read.entries == {entry.key: entry}
    assert po_bytes(read) == path.read_bytes()


def test_entry_is_a_first_draft_at_best_while_stale():
    assert Entry("k", "s", "", State.UNTRANSLATED, TextOrigin.PERSON, stale=True).effective_state is State.UNTRANSLATED


@settings(max_examples=examples(300), deadline=None)
@given(data=st.data())
def test_damaged_file_is_read_or_refused_in_words_and_nothing_else(tmp_path_factory, data):
    whole = po_bytes(catalogue(made(AGE, "Hur gammal är du?"), obsolete=(made(END, "Tack"),)))
    at = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 20))
    damaged = (
        whole[:at]
        + data.draw(st.binary(max_size=6) | st.sampled_from([b'"', b"\n", b"msgid ", b"#~ "]))
        + whole[at + cut :]
    )
    path = tmp_path_factory.mktemp("po") / "sv.po"
    path.write_bytes(damaged)
    try:
        read = read_po(path, SOURCES)
    except StudyError as error:
        codes = {problem.code for problem in error.problems}
    else:
        write_po(path, read)
        codes = {"the same again" if read_po(path, SOURCES).entries == read.entries else "another"}
    assert codes <= {"the same again", "LANG_002", "LANG_003", "LANG_004", "LANG_005"}
