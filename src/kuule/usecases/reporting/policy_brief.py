"""From a release and a register of law to a policy brief: two pages in one language, for one country."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.publishing.brief.brief_html import brief_html
from kuule.publishing.brief.brief_pdf import brief_pdf
from kuule.publishing.brief.ordered_brief import BriefOptions, ordered_brief
from kuule.releases.release_folder import read_release


def make_brief(release: Path, register: Path, to: Path, *, options: BriefOptions, today: date) -> tuple[Path, ...]:
    """Write a brief as HTML and PDF into the folder `to`, and return the two files.

    Raises PublishingError RELEASE_001 to RELEASE_005 (the release cannot be read) and REPORT_040 to REPORT_042, and
    whatever `ordered_brief` raises.
    """
    view = ordered_brief(read_release(release), register, options, today=today)
    name = f"{options.provision}-{options.country.upper()}.{view.tag}"
    made = {to / f"{name}.html": brief_html(view).encode(), to / f"{name}.pdf": brief_pdf(view)}
    to.mkdir(parents=True, exist_ok=True)
    for path, content in made.items():
        write_atomically(path, content)
    return tuple(made)
