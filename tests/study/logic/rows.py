"""Small questionnaires for proofs, from a few lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kuule.study.folder.questionnaire import Questionnaire
from kuule.study.logic.satisfiability import ConditionLogic
from tests.study.reading import read_questionnaire

COLUMNS = ("type", "name", "relevant", "constraint", "choice_filter", "calculation", "default", "parameters", "label")
LABEL = COLUMNS.index("label")
CHOICES = """
| choices | | | |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| | abc | a | A |
| | abc | b | B |
| | abc | c | C |
| | many | a | A |
| | many | b | B |
| | many | c | C |
| | many | d | D |
| | many | e | E |
| | many | f | F |
| | many | g | G |
"""


def table(*rows: str, choices: str = CHOICES, columns: Sequence[str] = ()) -> str:
    """A form of rows, each with its cells in the order of COLUMNS and then `columns`, the last ones left out.

    The label is the name where a row does not say it.
    """
    header = [*COLUMNS, *columns]
    lines = ["| survey |", f"| | {' | '.join(header)} |"]
    for row in rows:
        cells = [cell.strip() for cell in row.split("|")]
        cells += [""] * (len(header) - len(cells))
        cells[LABEL] = cells[LABEL] or cells[1]
        lines.append(f"| | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n" + choices


def questionnaire(*rows: str, choices: str = CHOICES, columns: Sequence[str] = ()) -> Questionnaire:
    """The rows of such a form."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.md"
        path.write_text(table(*rows, choices=choices, columns=columns), "utf-8")
        found = read_questionnaire(path)
    assert found is not None
    return found


QUESTIONS = (
    "select_one yn | one",
    "select_one abc | other",
    "select_multiple abc | some",
    "select_multiple many | many",
    "integer | whole",
    "decimal | real",
    "date | day",
    "text | words",
    "range | span | | | | | | start=1 end=5 step=1",
    "rank abc | ranked",
    "select_one yn | computed | | | | ${one}",
    "begin_repeat | child",
    "select_one yn | inner",
    "end_repeat",
)


def logic(*rows: str, choices: str = CHOICES, columns: Sequence[str] = ()) -> ConditionLogic:
    """What can be proved of such a form."""
    return ConditionLogic(questionnaire(*(rows or QUESTIONS), choices=choices, columns=columns))
