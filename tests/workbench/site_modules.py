"""What the process of a workbench's site has in its memory, with all its desks: asked once in a session."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.kept import Kept
from tests.kit.spread_study import spread_study
from tests.patience import PATIENCE
from tests.workbench.release_desk.shelf import make_shelf

_SITE = """
import sys
from pathlib import Path
from kuule.workbench.configuration.workbench_options import WorkbenchOptions
options = WorkbenchOptions(study=Path(sys.argv[1]), data=Path(sys.argv[2]), releases=Path(sys.argv[3]))
from kuule.workbench.wsgi import make_application
make_application(options)
from django.urls import get_resolver
get_resolver().url_patterns
import kuule.workbench.workbench_server
print(*sys.modules)
"""


def modules_of_the_site() -> list[str]:
    """The names of its modules. It is started by Python, with a study that has kits, and with releases."""
    if Kept.folder is None:
        return _asked().split()
    kept = Kept.folder / "site-modules"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_file():
            kept.write_text(_asked())
    return kept.read_text().split()


def _asked() -> str:
    with TemporaryDirectory() as name:
        folder = Path(name)
        make_shelf(folder / "releases")
        given = [str(spread_study(folder / "study")), str(folder / "data"), str(folder / "releases")]
        done = subprocess.run(
            [sys.executable, "-c", _SITE, *given], capture_output=True, text=True, check=True, timeout=PATIENCE
        )
    return done.stdout
