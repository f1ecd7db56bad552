"""The recipe of an export format: `kuule export --format` offers what was added, and writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recipes.recipe import follow, new, replaced, row_before, rows_after

WRITER = '''"""Tables as one JSON object a line (an example)."""

from __future__ import annotations

from collections.abc import Sequence

from kuule.dataset.exports.export_variables.export_columns import ExportColumn
from kuule.dataset.exports.export_tables import ExportTable
from kuule.dataset.exports.format_writer import ExportFolder, FormatWriter


def _write_table(folder: ExportFolder, table: ExportTable, columns: Sequence[ExportColumn]) -> None:
    path = folder.file(table.name, "ndjson")
    folder.note_file_as_in_dataset(path, table, columns).write_ndjson(path)


NDJSON = FormatWriter(_write_table)
'''
TEST = """import json

from kuule.cli.app import run
from tests.dataset.small import edition, record
from tests.factories import make_dataset


def test_rows_are_written_as_lines(tmp_path):
    make_dataset([record({"age": "41"}), record({"wish": "Rest."})], [edition()], tmp_path / "dataset")
    asked = ["--format", "ndjson", "--open-text", "wish", "--to", str(tmp_path / "out")]
    assert run(["export", str(tmp_path / "dataset"), *asked]) == 0
    lines = (tmp_path / "out" / "practice-responses.ndjson").read_text("utf-8").splitlines()
    assert sorted(str(json.loads(line)["age"]) for line in lines) == ["41", "None"]
    assert "Rest." in (tmp_path / "out" / "practice-open_text.csv").read_text("utf-8")
    assert json.loads((tmp_path / "out" / "export.json").read_text("utf-8"))["format"] == "ndjson"
"""


@pytest.mark.slow
@pytest.mark.matrix
def test_format_that_is_added_so_is_offered_and_written(tmp_path: Path) -> None:
    test = "tests/dataset/exports/test_ndjson.py"
    example = {
        "src/kuule/dataset/exports/ndjson.py": new(WRITER),
        "src/kuule/dataset/exports/export_formats.py": rows_after(('    DDI = "ddi"', '    NDJSON = "ndjson"')),
        "src/kuule/dataset/exports/format_registry.py": rows_after(
            ("exports.format_writer import FormatWriter", "from kuule.dataset.exports.ndjson import NDJSON"),
            ("    ExportFormat.DDI: DDI,", "    ExportFormat.NDJSON: NDJSON,"),
        ),
        test: new(TEST),
        "docs/reference/dataset.md": row_before("| `ddi` |", "| `ndjson` | as in the dataset | in `name_missing` |"),
        "docs/reference/cli.md": replaced(("the CSV that it describes) |", "the CSV that it describes), `ndjson` |")),
    }
    copy = follow("An export format", {"format": "ndjson"}, example, tmp_path)
    copy.run_tests(
        f"{test}:test_rows_are_written_as_lines",
        "tests/dataset/exports/test_export.py:test_every_format_has_a_writer",
        "tests/architecture/test_documented.py:test_export_formats_are_in_the_documentation",
    )
