"""Only still pictures and sounds may stand beside a text, in formats that every browser knows and that hold nothing
else.

No SVG, because it can hold script; no film, because old phones cannot load it; nothing that plays or moves by itself,
because somebody else may be in the room.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.folder.questionnaire import ChoiceRow, QuestionnaireRow
from kuule.study.media.ogg import SUFFIX as OGG
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_341"

_REMEDY = "save it anew as PNG or JPEG, MP3 or M4A"
_COLUMNS = {
    "video": ("a film is not shown", "use a picture, a sound and words", Severity.ERROR),
    "big-image": ("a picture has one size here", "put what is to be seen into image", Severity.WARNING),
    "autoplay": ("nothing plays by itself: somebody else may be in the room", "leave it out", Severity.WARNING),
}


def check(checked: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each column that is not shown, and for each file whose content is of no accepted kind."""
    rows: list[QuestionnaireRow | ChoiceRow] = [*checked.questionnaire.rows, *checked.questionnaire.choices]
    for row in rows:
        for column, (cause, remedy, severity) in _COLUMNS.items():
            if row.cells.get(column, "-") not in ("", "-"):
                yield Problem(CODE, row.place, cause, remedy, severity)
    for file in checked.media.files.values():
        if file.cause:
            yield Problem(CODE, file.place, f"it {file.cause}", _REMEDY)
        elif file.medium is not None and file.medium.suffix == OGG:
            cause = "iPhones with older systems do not play Opus in Ogg"
            yield Problem(CODE, file.place, cause, "save it as MP3 or M4A, which all play", Severity.WARNING)
