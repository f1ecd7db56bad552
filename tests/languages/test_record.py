"""A translator comment is taken apart into record, drafts and notes, and nothing that people wrote is lost."""

from kuule.languages.record import Record, notes_joined, read_record
from kuule.languages.states import Origin
from kuule.languages.texts import Draft

COMMENT = """\
kuule: state=draft-two origin=person text=1a2b3c4d source=5e6f7a8b by=translator on=2026-11-24
kuule-draft: origin=person source=5e6f7a8b by=translator on=2026-11-20 "How \\"old\\"?\\nReally?"
pretest: clear to all six
kuule-draft: origin=machine source=5e6f7a8b "Age?"
second line"""


def test_comment_has_a_record_drafts_and_notes():
    assert read_record(COMMENT) == Record(
        fields={
            "state": "draft-two",
            "origin": "person",
            "text": "1a2b3c4d",
            "source": "5e6f7a8b",
            "by": "translator",
            "on": "2026-11-24",
        },
        drafts=(
            Draft('How "old"?\nReally?', Origin.PERSON, "translator", "2026-11-20", "5e6f7a8b"),
            Draft("Age?", Origin.MACHINE, held_for="5e6f7a8b"),
        ),
        note="pretest: clear to all six\nsecond line",
    )


def test_line_that_only_looks_like_a_record_stays_a_note():
    for line in ("kuule: not sure of this word", 'kuule-draft: "half a text', "kuule-draft: origin=person no quotes"):
        assert read_record(line) == Record(note=line)


def test_second_record_line_is_a_note():
    both = "kuule: state=reviewed\nkuule: state=pretested"
    assert read_record(both) == Record({"state": "reviewed"}, note="kuule: state=pretested")


def test_notes_are_added_and_never_taken_away():
    assert notes_joined("ours\nboth", ["both", "theirs", "  "]) == "ours\nboth\ntheirs"
    assert notes_joined("", []) == ""
