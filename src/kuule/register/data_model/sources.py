"""Where a value was read, and how much that is worth."""

from __future__ import annotations

from enum import StrEnum

from kuule.register.data_model.strict_model import Line, PartialDate, Sha256, StrictModel, Text, WebAddress


class SourceKind(StrEnum):
    """What kind of text was read. Only a statute is the law itself; everything else reports on it."""

    STATUTE = "statute"
    OFFICIAL = "official"
    PARLIAMENT = "parliament"
    EU_DOCUMENT = "eu-document"
    COE_DOCUMENT = "coe-document"
    ACADEMIC = "academic"
    LEGAL_PRACTICE = "legal-practice"
    NGO = "ngo"
    PRESS = "press"
    LEAD = "lead"


class Confidence(StrEnum):
    """How sure the reader of the source was: A the text itself was seen, D a lead that somebody has to follow up."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Source(StrictModel):
    """One text that was read.

    `address` is where it is; `copy_of` says more where that is not enough to find it (a file of a repository, a
    mirror). `seen` says what was read of it, `dated` the day that the text carries, and `dated_note` why there is none.
    """

    kind: SourceKind
    address: WebAddress
    title: Line | None = None
    article: Line | None = None
    language: Line | None = None
    copy_of: Line | None = None
    dated: PartialDate | None = None
    dated_note: Line | None = None
    seen: Line
    sha256: Sha256 | None = None
    notes: Text | None = None

    @property
    def is_law(self) -> bool:
        """Whether this is the text of the law, and not what somebody says of it."""
        return self.kind is SourceKind.STATUTE
