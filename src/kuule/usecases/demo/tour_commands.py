"""The lines that the tour offers for copying: each does in a terminal what its face of Kuule does."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from kuule.core.shell_paths import shell_path
from kuule.usecases.demo.practice_folder import DATABASE_FILE, PracticeFolder

WORKBENCH_PORT = 8020
PREVIEW_PORT = 8050
"""Where `kuule workbench` and `kuule preview` listen if nobody says otherwise."""

OWN_STUDY = "my-survey"


@dataclass(frozen=True, slots=True)
class TourCommands:
    """Each is one line, to be run in the folder where the demo was started."""

    partner: str
    """Prints an invitation, then serves the workbench where it is good."""
    open: str
    export: str
    own: str
    """Makes a study, then shows it."""


def tour_commands(practice: PracticeFolder, port: int) -> TourCommands:
    """The lines for what lies in a practice folder. `port` is that of the survey."""
    partners = (practice.study, "--data", practice.accounts)
    # A database elsewhere has an address with a name in it, which no page needs to show.
    counts = () if practice.other_database else ("--database", f"sqlite:///{practice.folder / DATABASE_FILE}")
    invite = _line("invite", *partners)
    workbench = _line("workbench", *partners, *counts, "--survey", f"http://localhost:{port}")
    return TourCommands(
        partner=f"{invite} && {workbench}",
        open=_line("open", practice.archive, "--key", practice.secret_key, "--to", practice.folder / "opened"),
        export=_line("export", practice.dataset, "--format", "csv", "--to", practice.folder / "for-analysis"),
        own=f"{_line('new', OWN_STUDY)} && {_line('preview', OWN_STUDY)}",
    )


def _line(*words: object) -> str:
    return " ".join((_program(), *map(_typed_word, words)))


def _typed_word(word: object) -> str:
    return shell_path(word) if isinstance(word, Path) else shlex.quote(str(word))


def _program() -> str:
    """How this Kuule is called here: by its name where a terminal finds it, else by where it is."""
    beside = Path(sys.executable).with_name("kuule")
    found = shutil.which("kuule")
    if found is not None and Path(found) == beside:
        return "kuule"
    if not beside.is_file():
        return f"{shlex.quote(sys.executable)} -m kuule.cli"
    here = os.path.relpath(beside)
    return shlex.quote(here if not here.startswith(os.pardir) else str(beside))
