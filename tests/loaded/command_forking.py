"""`python -m tests.loaded.command_forking LINE`: as `tests.loaded.forking`, for commands: it has loaded what they
import to check, freeze and print studies, and to make and use keys."""

from __future__ import annotations

import os
import sys
from functools import partial
from importlib import import_module

from kuule.languages.cldr.tags import locale_of
from kuule.opening.protected_key import Argon2Parameters, protect_key
from kuule.typesetting.fonts_here import fonts_here
from kuule.usecases.key_custody import key_ceremony
from tests.loaded.orders import EVERY_COMMAND, check_has_no_threads, run_orders

_LOADED = (
    "encodings.idna",
    "kuule.study.freeze",
    "kuule.usecases.authoring.check_study",
    "kuule.usecases.authoring.freeze_study",
    "kuule.usecases.key_custody.study_key",
    "kuule.usecases.outreach.make_kits",
    *EVERY_COMMAND,
    "pyxform.xls2xform",
    "typst",
)
"""Nothing that looks at the terminal or the environment when it is loaded, as `kuule.cli` does."""
_LANGUAGES = ("en", "sv", "ar")
"""Those of the small study."""
_ARGON2 = Argon2Parameters(memory=64, passes=1, lanes=1)
"""Ours takes a second for each time that a passphrase is typed. The key file says what it takes."""


def _load() -> None:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each process has an environment of its own
    for name in _LOADED:
        import_module(name)
    fonts_here()
    for tag in _LANGUAGES:
        locale_of(tag)
    vars(key_ceremony)["protect_key"] = partial(protect_key, cost=_ARGON2)
    check_has_no_threads()


if __name__ == "__main__":
    _load()
    run_orders(int(sys.argv[1]))
