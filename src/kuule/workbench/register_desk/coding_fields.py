"""The fields of the form in which a value is written: what each is called, what may be chosen, how long it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kuule.limitation.limit_rule import OffencePart
from kuule.register.data_model.answers import AnswerKind, Clock, LimitForm
from kuule.register.data_model.country_values import LegalStatus
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.sources import Confidence, SourceKind

LINE, TEXT = 300, 2000
_PARTIAL = "A year, a month or a day: 2026, 2026-05 or 2026-05-31."
_AGES = "One, or several with commas: 18, 21."


@dataclass(frozen=True, slots=True)
class CodingField:
    """One field. With `choices` it is a list, with `rows` an area of several lines, otherwise one line. `blank` is what
    a list says where nothing is chosen; without it something has to be."""

    name: str
    label: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    blank: str = ""
    rows: int = 0
    longest: int = LINE

    @property
    def key(self) -> str:
        """What a part of the coded answer is called in the files, and in the instructions of a provision."""
        return self.name.removeprefix("answer_") if self.name.startswith("answer_") else ""


STATUS_WORDS: Mapping[LegalStatus, str] = {
    LegalStatus.IN_FORCE: "in force",
    LegalStatus.REPEALED: "repealed, or not valid any more",
    LegalStatus.PROPOSED: "proposed, a bill",
    LegalStatus.UNCLEAR: "unclear",
}
OFFENCE_WORDS: Mapping[OffencePart, str] = {
    OffencePart.ALL: "all offences",
    OffencePart.GRAVEST: "the gravest offences",
    OffencePart.OTHER: "other offences",
    OffencePart.IMAGES: "pictures and recordings",
    OffencePart.SOME: "some offences; the words say which",
}
SOURCE_WORDS: Mapping[SourceKind, str] = {
    SourceKind.STATUTE: "the statute itself",
    SourceKind.OFFICIAL: "an authority",
    SourceKind.PARLIAMENT: "a parliament",
    SourceKind.EU_DOCUMENT: "a document of the EU",
    SourceKind.COE_DOCUMENT: "a document of the Council of Europe",
    SourceKind.ACADEMIC: "research",
    SourceKind.LEGAL_PRACTICE: "a lawyer's or a firm's text",
    SourceKind.NGO: "an organisation",
    SourceKind.PRESS: "the press",
    SourceKind.LEAD: "a lead that somebody has to follow",
}
CONFIDENCE_WORDS: Mapping[Confidence, str] = {
    Confidence.A: "A: I read the text itself",
    Confidence.B: "B: a good source says it",
    Confidence.C: "C: somebody reports it",
    Confidence.D: "D: a lead",
}
LIMIT_WORDS: Mapping[LimitForm, str] = {
    LimitForm.NONE: "no time limit",
    LimitForm.NONE_FOR_GRAVEST: "none for the gravest, years for others",
    LimitForm.FIXED_YEARS: "a number of years",
    LimitForm.UNTIL_AGE: "until the person is of an age",
    LimitForm.NOT_BEFORE_AGE: "never ends before an age",
    LimitForm.COURT_DECIDES: "a court decides",
    LimitForm.OUTER_CAP: "an outer cap",
    LimitForm.SUSPENDED: "suspended for a time",
    LimitForm.PROLONGED: "prolonged",
}
CLOCK_WORDS: Mapping[Clock, str] = {
    Clock.OFFENCE: "at the offence",
    Clock.MAJORITY: "at majority",
    Clock.AGE: "at an age",
    Clock.RECOVERY: "when the person recovers",
    Clock.MAJORITY_OR_RECOVERY: "at majority, or when the person recovers",
    Clock.OTHER: "at something else",
}
_NOT_SAID = "the source doesn't say"
_YES_NO = (("yes", "yes"), ("no", "no"))

VALUE_FIELDS = (
    CodingField("says", "What the source says", "In English, in your words; no names of people.", rows=4, longest=TEXT),
    CodingField("status", "Is it the law?", choices=tuple(STATUS_WORDS.items())),
    CodingField("offences", "It is about", choices=tuple(OFFENCE_WORDS.items())),
    CodingField("in_force_from", "In force from", _PARTIAL),
    CodingField("in_force_note", "A note on that"),
    CodingField("changed_on", "The law was last changed on", _PARTIAL),
)
SOURCE_FIELDS = (
    CodingField("source_kind", "Kind of source", choices=tuple(SOURCE_WORDS.items()), blank="please choose"),
    CodingField("source_address", "Address", "It begins with https:// or http://."),
    CodingField("source_article", "Article", "As the source counts it: ch. 5, s. 3."),
    CodingField("source_title", "Title"),
    CodingField("source_language", "Language of the source", "A tag: fi, ar, pt-BR."),
    CodingField("source_dated", "The source is dated", _PARTIAL),
    CodingField("source_dated_note", "If it has no date: why"),
    CodingField("source_seen", "What you saw of it", "The text itself, a summary, a page that quotes it."),
    CodingField("source_copy_of", "Where it is a copy: of what"),
    CodingField("source_sha256", "SHA-256 of the copy you kept", longest=64),
)
READING_FIELDS = (
    CodingField("confidence", "How sure", choices=tuple(CONFIDENCE_WORDS.items()), blank="please choose"),
    CodingField("read_on", "Read on", "A day: 2026-05-31."),
    CodingField("next_review", "Look again on", "A day. Left empty, the register's rule for this confidence sets it."),
    CodingField("notes", "Notes", "No names of people.", rows=3, longest=TEXT),
)
_ANSWER_FIELDS: Mapping[AnswerKind, tuple[CodingField, ...]] = {
    "time-limit": (
        CodingField("answer_form", "Form of the rule", choices=tuple(LIMIT_WORDS.items()), blank="not coded yet"),
        CodingField("answer_clock", "The clock starts", choices=tuple(CLOCK_WORDS.items()), blank=_NOT_SAID),
        CodingField("answer_clock_age", "At which age it starts", _AGES),
        CodingField("answer_years", "Years", "One, several with commas (15, 10), or from and to (10-20)."),
        CodingField("answer_until_age", "Until which age", _AGES),
        CodingField("answer_earliest_end_age", "Never ends before which age"),
        CodingField(
            "answer_shorter_in_circle_of_trust", "Shorter in the circle of trust?", choices=_YES_NO, blank=_NOT_SAID
        ),
        CodingField("answer_retroactive", "Does it reach back?", choices=_YES_NO, blank=_NOT_SAID),
    ),
    "age": (
        CodingField("answer_age", "Age", _AGES),
        CodingField("answer_until", "In a band: up to and including which age"),
        CodingField("answer_close_in_age", "An exception for those close in age?", choices=_YES_NO, blank=_NOT_SAID),
    ),
    "date": (
        CodingField("answer_done", "Has it happened?", choices=_YES_NO, blank="not coded yet"),
        CodingField("answer_on", "On", _PARTIAL),
        CodingField("answer_by", "Or by, where only the latest day is known", _PARTIAL),
    ),
    "text": (CodingField("answer_summary", "The answer in one line"),),
}
CODING_FIELDS = (
    CodingField("status", "Is it the law?", choices=tuple(STATUS_WORDS.items())),
    CodingField("offences", "It is about", choices=tuple(OFFENCE_WORDS.items())),
)
FOUND_FIELDS = (
    CodingField("address", "Address of the text that you read", "It begins with https:// or http://."),
    CodingField("article", "Article", "As the source counts it."),
    CodingField("notes", "Notes", "Also why it can't be told, if it can't.", rows=3, longest=TEXT),
)


def answer_fields(provision: Provision) -> tuple[CodingField, ...]:
    """The fields of the coded answer, by the kind of the provision."""
    if provision.kind == "choice":
        choices = tuple((one.id, one.label) for one in provision.choices)
        return (CodingField("answer_choice", "Answer", choices=choices, blank="not coded yet"),)
    return _ANSWER_FIELDS[provision.kind]


def value_fields(provision: Provision) -> tuple[tuple[str, tuple[CodingField, ...]], ...]:
    """The groups of fields of a value, with their headings."""
    return (
        ("What it says", VALUE_FIELDS),
        ("Coded answer", answer_fields(provision)),
        ("The source", SOURCE_FIELDS),
        ("Your reading", READING_FIELDS),
    )


def coding_groups(provision: Provision) -> tuple[tuple[str, tuple[CodingField, ...]], ...]:
    """The groups of fields of a blind coding."""
    return (("What you code", CODING_FIELDS), ("Coded answer", answer_fields(provision)), ("Where", FOUND_FIELDS))
