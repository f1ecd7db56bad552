"""A path in a command that a person types after us: one word to a shell, and no option to the program."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from kuule.core.shell_paths import shell_path


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        (Path("my-survey"), "my-survey"),
        (Path("-x"), "./-x"),
        (Path("--help"), "./--help"),
        (Path("./-x"), "./-x"),
        ("-x", "./-x"),
        (Path("a -x"), "'a -x'"),
        (Path("-a b"), "'./-a b'"),
        (Path("ääni"), "'ääni'"),
        (Path("it's"), """'it'"'"'s'"""),
        (Path("/tmp/-x"), "/tmp/-x"),
        (Path("~"), "'~'"),
    ],
)
def test_path_is_one_word_and_no_option(path: Path | str, typed: str) -> None:
    assert shell_path(path) == typed
    [word] = shlex.split(typed)
    assert Path(word) == Path(path)
