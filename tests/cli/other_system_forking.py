"""`python -m tests.cli.other_system_forking LINE`: as `tests.loaded.forking`, on the other system (`other_system.py`),
which is there before anything of ours is loaded."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from tests.cli.other_system import take_away
from tests.loaded.orders import EVERY_COMMAND, check_has_no_threads, run_orders

_LOADED = (
    "babel",
    "encodings.idna",
    "kuule.usecases.authoring.ethics_papers",
    "kuule.usecases.authoring.freeze_study",
    "kuule.usecases.authoring.import_study",
    "kuule.usecases.authoring.plan_study",
    "kuule.usecases.authoring.print_booklets",
    "kuule.usecases.key_custody.study_key",
    "kuule.usecases.legal_register.publish_register",
    "kuule.usecases.outreach.make_kits",
    "openpyxl",
    *EVERY_COMMAND,
    "pyxform.xls2xform",
    "typst",
)
"""As for the commands of this system: nothing that starts a thread or looks at the terminal."""


if __name__ == "__main__":
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each process has an environment of its own
    if "kuule" in sys.modules:
        raise SystemExit("something of ours is loaded already, on the system that has everything")
    take_away()
    for name in _LOADED:
        import_module(name)
    check_has_no_threads()
    run_orders(int(sys.argv[1]))
