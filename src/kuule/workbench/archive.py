"""The archive for those who run the study: ciphertext as the collector keeps it, which nothing here can open."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from kuule.errors import KuuleError
from kuule.study.edition import Edition, read_edition
from kuule.workbench import refusals
from kuule.workbench.audit import record
from kuule.workbench.entry import member_of
from kuule.workbench.pages import page
from kuule.workbench.roles import Action, check_may
from kuule.workbench.site import Site, running_site


def archive(request: HttpRequest) -> HttpResponseBase:
    """The editions whose answers may be downloaded; posted, the archive of one, streamed from a file without a name."""
    member, site = member_of(request), running_site()
    check_may(member, Action.DOWNLOAD_ARCHIVE)
    editions = _editions(site)
    if request.method != "POST":
        return page(request, "archive.html", title="Archive", editions=list(editions.values()), clerk=site.clerk)
    chosen = editions.get(request.POST.get("edition", ""))
    if chosen is None or site.clerk is None:
        raise Http404
    folder, edition = chosen
    out = site.data / f"archive-{secrets.token_hex(8)}.partial"
    try:
        envelopes = site.clerk.archive(folder, out)
        file = out.open("rb")
    except KuuleError as error:
        return refusals.said(request, "There is no archive now", error.problems[0].cause, 503)
    finally:
        # The open file is read to its end; its name is gone, so that none is left behind.
        out.unlink(missing_ok=True)
    record(request, "downloaded the archive", f"edition {edition.short}, {envelopes} sealed answers")
    name = f"{edition.study.id}-{edition.short}.kuule-archive"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")


def _editions(site: Site) -> dict[str, tuple[Path, Edition]]:
    found = [(folder, read_edition(folder)) for folder in site.options.editions]
    return {edition.short: (folder, edition) for folder, edition in found}
