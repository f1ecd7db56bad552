"""The recipe of a command: what was added stands in `kuule --help`, and runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.cli.json_shapes import COUNT, fields
from kuule.cli.result_shapes import output_schema
from kuule.core.files import json_bytes
from tests.recipes.recipe import follow, new, row_before, rows_after

USE_CASE = '''"""How many texts of a study there are to translate (an example)."""

from __future__ import annotations

from pathlib import Path

from kuule.core.problems import StudyError
from kuule.study.folder.folder_reading import translatable_sources
from kuule.study.folder.study_folder import read_study_folder
from kuule.usecases.progress import ProgressListener


def count_texts(study: Path, listener: ProgressListener) -> int:
    """Count them. Raises StudyError where the folder does not say."""
    gathered = read_study_folder(study)
    if gathered.settings is None or gathered.form is None:
        raise StudyError(*gathered.problems)
    listener.note("repeats count once")
    return len(translatable_sources(gathered.settings, gathered.form))
'''
COMMAND = '''"""`kuule texts STUDY`: how many texts there are to translate (an example)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import CONSOLE, Exit, print_result


def show_texts(study: Annotated[Path, typer.Argument(help="The study folder.")]) -> int:
    """Print how many texts of a study there are to translate."""
    from kuule.usecases.authoring.count_texts import count_texts  # slow: the form engine; --help loads all commands

    texts = count_texts(study, CONSOLE)
    print_result(str(texts), texts=texts)
    return Exit.DONE
'''
TEST = """from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

from kuule.cli.app import run
from tests.study.small_study import make_study


def printed(*arguments):
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as talk:
        assert run(list(arguments)) == 0
    return out.getvalue(), talk.getvalue()


def test_command_is_offered_and_prints_a_number(tmp_path):
    assert " texts " in printed("--help")[0]
    out, talk = printed("texts", str(make_study(tmp_path)))
    assert (int(out) > 20, talk) == (True, "repeats count once\\n")
"""
SCHEMA = json_bytes(
    {
        **output_schema("database new"),
        "title": "kuule texts --json",
        "properties": {
            **output_schema("database new")["properties"],
            "command": {"const": "texts"},
            "result": {"anyOf": [dict(fields(texts=COUNT)), {"type": "object", "maxProperties": 0}]},
        },
    }
).decode()
SECTION = """## kuule texts

`kuule texts STUDY` prints how many texts there are to translate.

| | |
|---|---|
| `STUDY` | the study folder |
"""


@pytest.mark.slow
@pytest.mark.matrix
def test_command_that_is_added_so_stands_in_the_help_and_runs(tmp_path: Path) -> None:
    test = "tests/cli/test_texts.py"
    example = {
        "src/kuule/usecases/authoring/count_texts.py": new(USE_CASE),
        "src/kuule/cli/commands/texts.py": new(COMMAND),
        "src/kuule/cli/command_list.py": rows_after(("COMMANDS = {", '    "texts": "texts.show_texts",')),
        "src/kuule/cli/command_examples.py": rows_after(
            ("AUTHORS: Mapping[str, tuple[str, ...]] = {", '    "texts": ("kuule texts my-study",),')
        ),
        "src/kuule/cli/result_shapes.py": rows_after(
            ("RESULTS: Mapping[str, ResultShape] = {", '    "texts": fields(texts=COUNT),')
        ),
        "docs/reference/schemas/output/texts.schema.json": new(SCHEMA),
        test: new(TEST),
        "docs/reference/cli.md": row_before("## kuule lock", SECTION),
    }
    names = {"room": "authoring", "what": "count_texts", "command": "texts"}
    copy = follow("A command", names, example, tmp_path)
    documented = "tests/architecture/test_documented.py"
    copy.run_tests(
        f"{test}:test_command_is_offered_and_prints_a_number",
        "tests/cli/test_json.py:test_schema_of_each_command_is_in_the_documentation",
        f"{documented}:test_commands_are_those_in_the_documentation",
        f"{documented}:test_options_are_in_the_section_of_their_command",
    )
