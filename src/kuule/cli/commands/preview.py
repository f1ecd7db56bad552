"""`kuule preview STUDY`: the survey as a person would see it, while it is edited; nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from kuule.cli.console import Exit, announce, print_result, say
from kuule.cli.shared_options import HostOption, PortOption, StudyArgument
from kuule.core.problems import Problem

PORT = 8050


def preview_study(study: StudyArgument, host: HostOption = "127.0.0.1", port: PortOption = PORT) -> int:
    """Show the survey in a browser on this machine, and again each time that a file of the study is saved."""
    from kuule.preview.preview_server import serve_preview  # slow: Django and forms; --help loads all commands
    from kuule.usecases.authoring.check_study import check_study_folder

    def check(folder: Path) -> Sequence[Problem]:
        return check_study_folder(folder, today=datetime.now(UTC).date()).problems

    def ready(address: str) -> None:
        print_result(address, address=address)
        say("open this address in a browser on this machine; each time that you save, it shows the page that changed")
        say("nothing typed there is kept; Ctrl-C ends it")
        announce()

    serve_preview(study, check, host=host, port=port, ready=ready)
    say("ended; nothing is kept")
    return Exit.DONE
