"""A translator comment is taken apart into record, drafts and notes, and nothing that people wrote is lost."""

from kuule.languages.gettext.po_comments import PoComment, join_notes, read_comment
from kuule.languages.workflow.entries import DraftTranslation
from kuule.languages.workflow.states import TextOrigin

COMMENT = """\
kuule: state=draft-two origin=person text=1a2b3c4d source=5e6f7a8b by=translator on=2026-11-24
kuule-draft: origin=person source=5e6f7a8b by=translator on=2026-11-20 "How \\"old\\"?\\nReally?"
pretest: clear to all six
kuule-draft: origin=machine source=5e6f7a8b "Age?"
second line"""


def test_comment_has_a_record_drafts_and_notes():
    assert read_comment(COMMENT) == PoComment(
        fields={
            "state": "draft-two",
            "origin": "person",
            "text": "1a2b3c4d",
            "source": "5e6f7a8b",
            "by": "translator",
            "on": "2026-11-24",
        },
        drafts=(
            DraftTranslation('How "old"?\nReally?', TextOrigin.PERSON, "translator", "2026-11-20", "5e6f7a8b"),
            DraftTranslation("Age?", TextOrigin.MACHINE, source_hash="5e6f7a8b"),
        ),
        note="pretest: clear to all six\nsecond line",
    )


def test_line_that_only_looks_like_a_record_stays_a_note():
    for line in ("kuule: not sure of this word", 'kuule-draft: "half a text', "kuule-draft: origin=person no quotes"):
        assert read_comment(line) == PoComment(note=line)


def test_second_record_line_is_a_note():
    both = "kuule: state=reviewed\nkuule: state=pretested"
    assert read_comment(both) == PoComment({"state": "reviewed"}, note="kuule: state=pretested")


def test_notes_are_added_and_never_taken_away():
    assert join_notes("ours\nboth", ["both", "theirs", "  "]) == "ours\nboth\ntheirs"
    assert join_notes("", []) == ""
