"""The recipe of a question type: what was added is decoded, refused where it does not fit, shown, kept and a column."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recipes.recipe import follow, new, row_before, rows_after

TYPE = '''"""A week of a year (2026-W48), stored as a whole number (202648), of `integer` with `week` (an example)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types.integer import IntegerType, normalise_number
from kuule.forms.types.violations import Violation, ViolationKind

_TYPED = re.compile(r"([0-9]{4})-?[Ww](0[1-9]|[1-4][0-9]|5[0-3])", re.ASCII)


class WeekType(IntegerType):
    control = Control.WEEK
    appearance = "week"
    note = "answered with a week"
    is_countable = False

    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        text = normalise_number(posted[0] if posted else "")
        match = _TYPED.fullmatch(text)
        return "".join(match.groups()) if match else Violation(ViolationKind.DATE) if text else ""

    def to_fields(self, question: QuestionDefinition, value: str) -> tuple[str, ...]:
        return (f"{value[:4]}-W{value[4:]}",)


WEEK = WeekType()
'''
TEMPLATE = """\
<input class="week" type="text" value="{{ hole("typed") }}"{% include "questions/attributes.html" %}>
"""
TEST = '''from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.forms.model.controls import Control
from kuule.forms.record import Record
from tests.architecture.test_question_types import REGISTERS
from tests.collector.site_for_tests import field, start
from tests.dataset.small import edition
from tests.factories import make_dataset
from tests.forms.scenario import Scenario, form_of
from tests.study.small_study import FORM, make_edition

WEEK = """
    | survey |         |      |            |            |
    |        | type    | name | label      | appearance |
    |        | integer | when | Which week | week       |
    |        | integer | age  | Your age   |            |
    """
YEARS = "| | integer | years | For how many years have you lived there? | | | | |"


def test_answer_is_decoded_or_refused():
    assert [name for name, register in REGISTERS.items() if sorted(register) != sorted(Control)] == []
    person = Scenario(form_of(WEEK))
    assert person.question("when").control is Control.WEEK
    assert person.answer("when", "next week").next().unfit == {"when": "date"}
    assert person.answer("when", "2026-w48").next().answer("age", "41").next().record.answers == {
        "/data/when": "202648",
        "/data/age": "41",
    }


def test_question_is_shown_and_keeps_what_was_typed(tmp_path):
    make_edition(tmp_path, form=FORM.replace(YEARS, YEARS[:-1] + "week |"))
    browser = start(tmp_path / "edition", tmp_path).pass_gates()
    browser.press("next")
    name = field(browser, "years")
    assert browser.shown.page.xpath("//input[@class='week']/@name") == [name]
    browser.press("next", {name: "2026-W48"})
    browser.press("back")
    assert browser.shown.page.xpath("//input[@class='week']/@value") == ["2026-W48"]


def test_column_has_what_was_answered(tmp_path):
    of = edition(form=WEEK)
    record = Record("our-voice", of.id, "en", "", "2026-W48", {"/data/when": "202648", "/data/age": "41"}, {})
    make_dataset([record], [of], tmp_path / "dataset")
    dataset = read_dataset(tmp_path / "dataset")
    assert dataset.codebook.items["when"].control == "week"
    assert dataset.frame.collect()["when"].to_list() == [202648]
'''


@pytest.mark.slow
@pytest.mark.matrix
def test_type_that_is_added_so_is_decoded_shown_and_a_column(tmp_path: Path) -> None:
    test = "tests/forms/types/test_week.py"
    example = {
        "src/kuule/forms/model/controls.py": rows_after(('    TIME = "time"', '    WEEK = "week"')),
        "src/kuule/forms/types/week.py": new(TYPE),
        "src/kuule/forms/types/type_registry.py": rows_after(
            ("types.time import TIME", "from kuule.forms.types.week import WEEK"), ("    TIME,", "    WEEK,")
        ),
        "src/kuule/collector/pages/templates/questions/question_week.html": new(TEMPLATE),
        "src/kuule/collector/pages/displays/display_registry.py": rows_after(
            ("    Control.TIME: TimeDisplay(),", "    Control.WEEK: TypeDisplay(),")
        ),
        "src/kuule/dataset/schema/variable_types.py": rows_after(
            ("    Control.TIME: _TEXT,", "    Control.WEEK: VariableType(_always(pl.Int64())),")
        ),
        "src/kuule/dataset/ingest/answer_cells.py": rows_after(
            ("    Control.TIME: _own_column(str),", "    Control.WEEK: _own_column(_whole),")
        ),
        test: new(TEST),
        "docs/reference/xlsform.md": row_before("| `datetime` |", "| `integer` with `week` | week | 202648 |"),
        "docs/reference/dataset.md": row_before("| decimal; other ranges |", "| week | `name`, 64-bit integer |"),
    }
    copy = follow("A question type", {"type": "week"}, example, tmp_path)
    registers = "tests/architecture/test_question_types.py"
    copy.run_tests(
        f"{test}:test_answer_is_decoded_or_refused",
        f"{test}:test_column_has_what_was_answered",
        f"{test}:test_question_is_shown_and_keeps_what_was_typed",
        f"{registers}:test_each_type_is_found_by_what_an_xform_says_of_it",
        "tests/forms/test_xlsform_reference.py:test_controls_are_all_in_the_table",
    )
