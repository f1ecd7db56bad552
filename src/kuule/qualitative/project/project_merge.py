"""Takes what another copy of a project has into this one (decision 0096).

Rows are put together and nothing is overwritten, so the order of merging does not matter and merging twice changes
nothing. What contradicts each other stays as a disagreement until somebody settles it.
"""

from __future__ import annotations

from dataclasses import dataclass

from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.row_codec import Tombstone
from kuule.qualitative.project_model.acts import Act
from kuule.qualitative.project_model.answer_text import AnswerText
from kuule.qualitative.project_model.project_problems import project_error


@dataclass(frozen=True, slots=True)
class CopyMerge:
    """What came from the other copy: acts, texts, and texts that were withdrawn there. `disagreements` is how many
    there are now."""

    acts: int
    texts: int
    withdrawn: int
    disagreements: int


def merge_copy(mine: OpenProject, other: OpenProject) -> CopyMerge:
    """Take in all of another copy, in one transaction. The other copy stays as it is.

    Raises ProjectError PROJECT_014 (another project), PROJECT_009 (the disk does not take it).
    """
    if mine.id != other.id:
        cause = "it is another project, and not a copy of this one"
        remedy = "merge copies of one file; for another project, hand over its codebook"
        raise project_error("PROJECT_014", str(other.path), cause, remedy)
    there = tuple(other.rows())
    news = tuple(mine.unknown(there))
    mine.apply(there)
    return CopyMerge(
        acts=sum(isinstance(row, Act) for row in news),
        texts=sum(isinstance(row, AnswerText) for row in news),
        withdrawn=sum(isinstance(row, Tombstone) for row in news),
        disagreements=len(mine.log.contested_cells()),
    )
