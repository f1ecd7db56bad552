"""The unit of a workbench, made of the one in deploy/."""

from __future__ import annotations

from kuule.deployment.host_settings import WorkbenchHost
from kuule.deployment.shipped_files import fill_in, shipped_text
from kuule.deployment.unit_places import with_program

_SITE = "--site https://workbench.example.org"
_SURVEY = "verify https://survey.example.org "
_AFTER = "\nAfter=network.target time-sync.target"
_RELEASES = "ReadOnlyPaths=-/var/lib/kuule-workbench/releases\n"
_LOOKS = """\
# What kuule-verify.service saw of the survey: read, never written.
BindReadOnlyPaths=-/var/lib/private/kuule-verify:/run/kuule-verify
"""


def workbench_unit(workbench: WorkbenchHost, program: str) -> str:
    """kuule-workbench.service."""
    more = " --releases /var/lib/kuule-workbench/releases" if workbench.releases else ""
    more += f" --survey {workbench.survey}" if workbench.survey else ""
    more += " --verified /run/kuule-verify/looks.json" if workbench.watch else ""
    unit = fill_in(
        shipped_text("systemd/kuule-workbench.service"), (_SITE, f"--site https://{workbench.site.name}{more}")
    )
    if workbench.watch:
        unit = fill_in(unit, (_RELEASES, f"{_RELEASES}{_LOOKS}"), (_AFTER, f"{_AFTER} kuule-verify.service"))
    return with_program(unit, program)


def verify_unit(workbench: WorkbenchHost, program: str) -> str:
    """kuule-verify.service, which looks at the survey."""
    unit = fill_in(shipped_text("systemd/kuule-verify.service"), (_SURVEY, f"verify {workbench.survey} "))
    return with_program(unit, program)
