"""The unit of a workbench, made of the one in deploy/."""

from __future__ import annotations

from kuule.deployment.host_settings import WorkbenchHost
from kuule.deployment.shipped_files import fill_in, shipped_text
from kuule.deployment.unit_places import with_program

_SITE = "--site https://workbench.example.org"


def workbench_unit(workbench: WorkbenchHost, program: str) -> str:
    """kuule-workbench.service."""
    more = " --releases /var/lib/kuule-workbench/releases" if workbench.releases else ""
    more += f" --survey {workbench.survey}" if workbench.survey else ""
    unit = fill_in(
        shipped_text("systemd/kuule-workbench.service"), (_SITE, f"--site https://{workbench.site.name}{more}")
    )
    return with_program(unit, program)
