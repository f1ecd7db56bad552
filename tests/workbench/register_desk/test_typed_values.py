"""What is typed becomes a value, or says at each field what does not fit; and a value comes back as it was typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.register.data_model.answers import Clock, LimitForm, TimeLimit, YearRange
from kuule.register.writing.part_files import part_bytes
from kuule.workbench.member_words.saying import say
from kuule.workbench.register_desk.coding_fields import coding_groups, value_fields
from kuule.workbench.register_desk.typed_values import (
    WHOLE_FORM,
    clean_typed_fields,
    read_typed_coding,
    read_typed_value,
    typed_from_value,
)
from tests.register.made_registers import TODAY, made_file, made_provision, made_settings
from tests.workbench.register_desk.coders import CHOICES, FILLED

KINDS = ("time-limit", "age", "choice", "date", "text")
TYPED = {
    "time-limit": {},
    "age": {"answer_age": "16", "answer_close_in_age": "yes"},
    "choice": {"answer_choice": "all"},
    "date": {"answer_done": "yes", "answer_by": "2017-11"},
    "text": {"answer_summary": "no"},
}


def provision(kind="time-limit"):
    return made_provision("limitation", kind, choices=CHOICES if kind == "choice" else [])


def read(kind="time-limit", **typed):
    asked = provision(kind)
    names = [one.name for _, fields in value_fields(asked) for one in fields]
    base = {name: text for name, text in FILLED.items() if not name.startswith("answer_") or kind == "time-limit"}
    fields = clean_typed_fields(base | TYPED[kind] | typed, value_fields(asked))
    assert list(fields) == names
    return read_typed_value(fields, asked, made_settings(), value_id="new", coded_by="coder-1", today=TODAY)


def code(kind="time-limit", **typed):
    asked = provision(kind)
    base = {"status": "in-force", "offences": "all", "address": "https://example.org/act"}
    fields = clean_typed_fields(base | typed, coding_groups(asked))
    return read_typed_coding(fields, asked, "FI", today=TODAY)


def test_a_filled_form_is_a_value():
    value, wrong = read()
    assert wrong == {}
    assert value.answer == TimeLimit(form=LimitForm.FIXED_YEARS, clock=Clock.MAJORITY, years=(20,))
    assert (value.source.article, value.source.language, value.coded_by) == ("ch. 8, s. 1", "fi", "coder-1")


def test_a_review_day_that_is_left_out_is_set_by_the_register():
    assert [read(confidence=one)[0].next_review for one in "ACD"] == [
        date(2027, 11, 27),
        date(2027, 5, 27),
        date(2027, 2, 27),
    ]
    assert read(next_review="2027-01-31")[0].next_review == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("20", (20,)),
        ("15, 10", (15, 10)),
        ("10-20", YearRange(shortest=10, longest=20)),
        ("\u0661\u0665\u060c \u0661\u0660", (15, 10)),
    ],
)
def test_years_are_typed_one_several_or_from_and_to_in_any_digits(typed, years):
    assert read(answer_years=typed)[0].answer.years == years


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_comes_back_as_it_was_typed(kind):
    value, wrong = read(kind)
    assert wrong == {}
    assert value.answer.kind == kind
    again = read(kind, **typed_from_value(value, provision(kind)))
    assert again == (value, {})


def test_norwegian_is_a_language_and_no_is_a_word():
    assert read(source_language="no")[0].source.language == "no"
    assert read("text")[0].answer.summary == "no"


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_may_be_coded_later(kind):
    empty = {one.name: "" for one in value_fields(provision(kind))[1][1]}
    value, wrong = read(kind, **empty)
    assert (wrong, value.answer) == ({}, None)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("says", "", "Please fill this in."),
        ("says", "x" * 2001, "Please use up to 2,000 characters; here are 2,001."),
        ("status", "law", "Please choose one of the list."),
        ("source_kind", "", "Please fill this in."),
        ("source_address", "finlex.fi", "An address begins with https:// or http:// and has no spaces."),
        ("source_address", "javascript:alert(1)", "An address begins with https:// or http:// and has no spaces."),
        ("source_seen", "", "Please fill this in."),
        ("source_dated", "", "Please write the day that it carries, or below why there is none."),
        ("source_dated", "last year", "A date is written as 2026, 2026-05 or 2026-05-31."),
        ("source_sha256", "abc", "Please write it as the hint says."),
        ("confidence", "", "Please fill this in."),
        ("read_on", "31.5.2026", "A day is written as 2026-05-31."),
        ("read_on", "2026-02-30", "Please write a day: 2026-05-31."),
        ("read_on", "2026-11-28", "Please write a day that has come already."),
        ("next_review", "2026-11-27", "Please write a day after the one on which you read it."),
        ("changed_on", "2026-13", "There is no day 2026-13."),
        ("answer_form", "", "Please fill this in."),
        ("answer_form", "until-age", "For this form, please write until which age."),
        ("answer_years", "twenty", "Please write a number, without words; several with commas."),
        ("answer_years", "20-10", "Please write the shorter period first."),
        ("answer_years", "900", "Please write a number that can be right: it is too small or too large."),
        ("answer_until_age", "200", "Please write a number that can be right: it is too small or too large."),
        ("answer_retroactive", "perhaps", "Please choose one of the list."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_at_its_field(field, typed, said):
    value, wrong = read(**{field: typed})
    assert value is None
    assert wrong == {field: said}


def test_everything_that_is_wrong_is_said_at_once():
    value, wrong = read(says="", source_kind="", confidence="", answer_years="x", read_on="")
    assert value is None
    assert {"says", "source_kind", "confidence", "answer_years", "read_on"} <= set(wrong)


def test_fields_that_no_form_has_do_not_exist():
    typed = clean_typed_fields(
        {**FILLED, "confirmed_by": "me", "id": "v1", "coded_by": "lead"}, value_fields(provision())
    )
    assert not {"confirmed_by", "id", "coded_by"} & set(typed)


def test_a_coding_says_an_answer_or_why_it_cannot_be_told():
    assert code(answer_form="none")[0].answer == TimeLimit(form=LimitForm.NONE)
    assert code()[1] == {"notes": say("typed_untold")}
    coding, _ = code(notes="two sections contradict each other")
    assert (coding.answer, coding.coded_on) == (None, TODAY)


HOSTILE = (
    "x\n  confirmed_by: lead", "- v9", "{id: v9}", "&a *a", "!!python/object:os.system", "<script>x</script>", "=1+1",
    "NO", "2026-05", "~", "\u202egnp.exe", "لا توجد مدة", "a\x85b\u2028c\u2029d",
    "\x00\x07\x1b[31m", "'\"`", "# no comment", "%TAG", "x: y: z", "\ufeffx", "\ud800",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_whatever_is_typed_is_text_in_the_file_and_nothing_else(text):
    value, wrong = read(says=f"Words {text}", notes=f"Notes {text}", source_article=f"Article {text}")
    assert wrong == {}
    assert (value.coded_by, value.confirmed_by, value.id) == ("coder-1", None, "new")
    part_bytes(made_file(value))  # raises where it would not be read as it was written


@given(
    st.dictionaries(
        st.sampled_from([one.name for _, fields in value_fields(provision()) for one in fields]), st.text(max_size=40)
    )
)
def test_any_typed_text_is_a_value_that_can_be_written_or_is_said_to_be_wrong(typed):
    value, wrong = read(**typed)
    assert (value is None) == bool(wrong)
    if value is not None:
        part_bytes(made_file(value))
    names = {one.name for _, fields in value_fields(provision()) for one in fields}
    assert set(wrong) <= {*names, WHOLE_FORM}
