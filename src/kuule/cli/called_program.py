"""The program as the person called it: what is printed to be typed has to work where they are.

Everything in the sources says `kuule`. Whatever is printed beside a result goes through `as_called`. What is written
into files does not: those go to other people and machines, and a path can have somebody's name in it.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from shlex import quote

PROGRAM = "kuule"
TYPED_COMMAND = re.compile(rf"(?<![\w./-]){PROGRAM}(?= (?:[a-z]|…|--[a-z]))(?! \w+ key\b)")
"""The program before a command. What a key file begins with ('kuule public key') is none."""


def as_called(text: str) -> str:
    """The text with the commands in it as they have to be typed here."""
    program = _called_now()
    return text if program == PROGRAM else TYPED_COMMAND.sub(lambda _: program, text)


def called_program(typed: Sequence[str], executable: str, on_path: str | None) -> str:
    """What to type for `kuule`. `typed` is the command line from its first word, with the interpreter, as Python was
    given it (`sys.orig_argv`); `executable` is the interpreter; `on_path` is the `kuule` that a shell finds, if any."""
    module = typed[1:3] == ["-m", PROGRAM]
    script = "" if module else next((one for one in typed[:2] if Path(one).name == PROGRAM), "")
    if not module and not script:
        return PROGRAM  # started by something else, such as a test
    if on_path is not None and _is_same(on_path, script or str(Path(executable).with_name(PROGRAM))):
        return PROGRAM
    return quote(script) if script else f"{quote(typed[0])} -m {PROGRAM}"


def _is_same(one: str, other: str) -> bool:
    return Path(other).exists() and Path(one).resolve() == Path(other).resolve()


@cache
def _called_now() -> str:
    return called_program(list(sys.orig_argv), sys.executable, shutil.which(PROGRAM))
