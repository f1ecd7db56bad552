"""A brief on a release and a register of law, as a page and a PDF."""

from __future__ import annotations

from pathlib import Path

from kuule.core.problems import Problem, PublishingError, WorkbenchError
from kuule.publishing.brief.brief_html import brief_html
from kuule.publishing.brief.brief_pdf import brief_pdf
from kuule.publishing.brief.ordered_brief import BriefOptions, ordered_brief
from kuule.releases.brief_text_names import brief_text_names
from kuule.releases.release_folder import ReleaseFolder
from kuule.workbench.release_desk.making.made_files import MadeFiles
from kuule.workbench.release_desk.release_kinds import ReleaseOrder


def make_brief_files(found: ReleaseFolder, order: ReleaseOrder) -> MadeFiles:
    """Raises PublishingError and RegisterError as `kuule brief`, and WorkbenchError WORKBENCH_018 without a register.
    A text that nobody has reviewed says so at its top."""
    if not order.register:
        cause, remedy = "this workbench has no register of law", "start it with --register"
        raise WorkbenchError(Problem("WORKBENCH_018", "brief", cause, remedy))
    names = brief_text_names(order.provision, order.country, order.language)
    is_released = any(name in found.release.briefs for name in names)
    texts = None if is_released else Path(order.texts)
    options = BriefOptions(order.country, order.provision, order.language, texts, drafts=True)
    view = ordered_brief(found, Path(order.register), options, today=order.today)
    page = order.first_file
    files = {page: brief_html(view).encode()}
    try:
        return MadeFiles({**files, page.removesuffix(".html") + ".pdf": brief_pdf(view)})
    except PublishingError as error:
        return MadeFiles(files, error.problems)
