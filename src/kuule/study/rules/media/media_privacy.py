"""A file can reveal more than it shows: where, when and with what it was made and, because it is fetched, who was
asked.

Freezing removes the metadata, but the study folder keeps it and is shared. Each picture or sound is a request of its
own, and whoever watches the connection sees its length although it is encrypted: on a page that not everybody is shown,
this reveals that the person was shown it (decision 0006).
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.folder.questionnaire import ChoiceRow, QuestionnaireRow
from kuule.study.media.medium import MediaKind
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_344"


def check(checked: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each file with metadata, and for each question with a file that depends on an answer other
    than those to the gates."""
    for file in checked.media.files.values():
        if file.medium is not None and file.medium.stripped_metadata:
            metadata = "; ".join(file.medium.stripped_metadata)
            cause = f"it tells {metadata}; an edition leaves that out, and this folder does not"
            yield Problem(CODE, file.place, cause, "save it anew without that", Severity.WARNING)
    gates = {gate.question for gate in checked.settings.gates.values()}
    for row in checked.questionnaire.rows:
        if (row.is_asked or row.type == "note") and row.relevance_references - gates and _shows(row, checked):
            cause = f"only some are shown {row.name!r}, and who watches the line can see that its file is fetched"
            remedy = "show it to all, or leave the file out where being asked says something about a person"
            yield Problem(CODE, row.place, cause, remedy, Severity.WARNING)


def _shows(row: QuestionnaireRow, checked: CheckedStudy) -> bool:
    rows: list[QuestionnaireRow | ChoiceRow] = [row, *checked.questionnaire.choice_lists.get(row.list_name, ())]
    return any(one.cells.get(kind, "-") not in ("", "-") for one in rows for kind in tuple(MediaKind))
