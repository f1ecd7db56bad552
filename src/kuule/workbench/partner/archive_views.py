"""The archive for those who run the study: ciphertext as the collector stores it. Nothing here can open it."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from kuule.core.problems import KuuleError
from kuule.study.edition.study_edition import Edition
from kuule.workbench import workbench_errors
from kuule.workbench.audit_trail.audit_entries import record_action
from kuule.workbench.configuration.workbench_site import WorkbenchSite, running_site
from kuule.workbench.member_words.saying import say_english, say_plain
from kuule.workbench.page_rendering import render_page
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Permission, check_may
from kuule.workbench.study_desk.desk_editions import read_desk_editions


def download_archive(request: HttpRequest) -> HttpResponseBase:
    """List the editions whose answers may be downloaded. When one is posted, stream its archive from a nameless
    file."""
    member, site = request_member(request), running_site()
    check_may(member, Permission.DOWNLOAD_ARCHIVE)
    editions = _editions(site)
    if request.method != "POST":
        return render_page(
            request,
            "archive.html",
            title=say_plain("way_archive"),
            editions=list(editions.values()),
            store_proxy=site.store_proxy,
        )
    chosen = editions.get(request.POST.get("edition", ""))
    if chosen is None or site.store_proxy is None:
        raise Http404
    folder, edition = chosen
    out = site.data / f"archive-{secrets.token_hex(8)}.partial"
    try:
        envelopes = site.store_proxy.write_archive(folder, out)
        file = out.open("rb")
    except KuuleError as error:
        return workbench_errors.message_page(
            request, say_plain("archive_none"), say_english(error.problems[0].cause), 503
        )
    finally:
        # The file stays readable while it is open. Its name is deleted already, so that no copy is left behind.
        out.unlink(missing_ok=True)
    record_action(request, "downloaded the archive", f"edition {edition.short}, {envelopes} sealed answers")
    name = f"{edition.study.id}-{edition.short}.kuule-archive"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")


def _editions(site: WorkbenchSite) -> dict[str, tuple[Path, Edition]]:
    """Those that the workbench was started with, and those that were frozen at the lead's desk."""
    return {one.edition.short: (one.folder, one.edition) for one in read_desk_editions(site).editions}
