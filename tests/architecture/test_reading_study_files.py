"""Whatever reads a file that people wrote looks first what it is: `core.regular_files` is the one way to read it."""

from __future__ import annotations

import ast

from tests.architecture.sources import SRC, modules, name_of, nodes_of

READERS = (
    "ethics/", "forms/", "helplines/", "languages/gettext/", "languages/terminology/", "publishing/brief/",
    "register/reading/", "study/", "translation/", "usecases/study_errands/",
)  # fmt: skip
"""Where files of study folders, registers and translators are read."""
OWN_FILES = {
    "ethics/paper_html.py": "a style of Kuule's own",
    "ethics/paper_pdf.py": "a template of Kuule's own",
    "ethics/paper_templates.py": "a template of Kuule's own",
    "helplines/coverage_table.py": "a table of Kuule's own",
    "helplines/directory.py": "the built-in directory; a study's is read by read_regular_file",
    "helplines/short_numbers.py": "a table of Kuule's own",
    "languages/terminology/verdict_words.py": "words of Kuule's own",
    "publishing/brief/brief_html.py": "a style of Kuule's own",
    "publishing/brief/brief_pdf.py": "a template of Kuule's own",
    "study/edition/edition_files.py": "an edition's folder, in which links are refused and sizes looked at",
    "study/freeze.py": "the edition that was just written",
    "usecases/study_errands/form_trying.py": "what the workbench itself keeps; the study is read before it",
    "usecases/study_errands/study_errand.py": "what was just written",
}
_READS = frozenset({"read_bytes", "read_text", "open"})


def _reading(module: str) -> list[str]:
    return [
        f"{module}:{node.lineno}"
        for node in nodes_of(SRC / module)
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Attribute) and node.func.attr in _READS)
            or (isinstance(node.func, ast.Name) and node.func.id == "open")
        )
    ]


def test_files_of_a_study_are_read_only_after_a_look_at_what_they_are() -> None:
    within = [name for name in map(name_of, modules()) if name.startswith(READERS)]
    found = {name: _reading(name) for name in within}
    allowed = {*OWN_FILES, "forms/xlsform/xlsx_scan.py"}  # a part of a workbook, which is in memory
    assert [place for name, places in found.items() if name not in allowed for place in places] == []
    assert [name for name in OWN_FILES if not found[name]] == []
