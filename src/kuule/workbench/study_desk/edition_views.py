"""Editions at the lead's desk: the list, the key that a new one is to be sealed to, the freezing, the download.

Freezing chooses who can read the answers: it asks for a second factor each time.
"""

from __future__ import annotations

import shutil
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.core.problems import KeyMaterialError, Problem, WorkbenchError
from kuule.sealing.keys import PublicKey
from kuule.workbench.audit_trail.audit_entries import record_action
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.page_rendering import render_page
from kuule.workbench.roles import Permission
from kuule.workbench.signing_desk.fresh_factor import (
    factor_page,
    give_back_factor,
    has_fresh_factor,
    use_fresh_factor,
)
from kuule.workbench.study_desk.current_findings import read_findings
from kuule.workbench.study_desk.desk_editions import freeze_here, pack_edition, read_desk_editions
from kuule.workbench.study_desk.recorded_change import record_change
from kuule.workbench.study_desk.state_views import site_for_desk
from kuule.workbench.study_desk.study_stamp import study_digest
from kuule.workbench.uploaded_files import uploaded_file

EDITIONS = "/study/editions"
_LARGEST_KEY = 100_000


def editions_page(request: HttpRequest) -> HttpResponse:
    """The editions, and a form for the key of another one. When that is posted with a key, it is frozen."""
    if request.method == "POST":
        return _freeze(request)
    return _editions(request, site_for_desk(request))


def key_page(request: HttpRequest) -> HttpResponse:
    """The key that was sent, with its fingerprint, before anything is sealed to it."""
    site = site_for_desk(request, Permission.FREEZE_EDITION)
    if request.method != "POST":
        return HttpResponseRedirect(EDITIONS)
    sent = uploaded_file(request, "key")
    try:
        key = _key_from(sent[1] if sent else b"")
    except KeyMaterialError as error:
        record_action(request, "sent a key that was refused", error.problems[0].code)
        return _editions(request, site, problems=error.problems)
    return _confirm(request, site, key)


def download_edition(request: HttpRequest, short: str) -> HttpResponse:
    """An edition as a ZIP, for the machine that serves it."""
    site = site_for_desk(request)
    found = read_desk_editions(site).find(short)
    if found is None:
        raise Http404
    packed = pack_edition(found)
    record_action(request, "downloaded an edition", f"edition {short}")
    name = f"{found.edition.study.id}-edition-{short}.zip"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(packed, content_type="application/zip", headers=headers)


def _freeze(request: HttpRequest) -> HttpResponse:
    site = site_for_desk(request, Permission.FREEZE_EDITION)
    try:
        key = _key_from(request.POST.get("key", "").encode())
    except KeyMaterialError as error:
        return _editions(request, site, problems=error.problems)
    seen = request.POST.get("seen", "")
    if seen != study_digest(site.study_folder):
        return _confirm(request, site, key, changed=True)
    if (spent := use_fresh_factor(request)) is None:
        return _editions(request, site, lacks_factor=True)
    frozen = None
    try:
        frozen = freeze_here(site, key, drafts=request.POST.get("drafts") == "yes", seen=seen)
    except WorkbenchError as error:
        return _confirm(request, site, key, problems=error.problems)
    finally:
        if frozen is None:
            give_back_factor(spent)
    if frozen is None:
        return _confirm(request, site, key, changed=True)
    made, closed = frozen
    on = f"edition {made.edition.id[:16]}, key {key.fingerprint}"
    # An equal edition may have been there before; then there is nothing to undo.
    undo = partial(shutil.rmtree, made.folder, ignore_errors=True) if made.is_new else lambda: None
    record_change(request, "froze an edition", on, undo=undo)
    return render_page(request, "study/frozen.html", title="", edition=made.edition, closed=closed, folder=made.folder)


def _editions(
    request: HttpRequest, site: WorkbenchSite, *, problems: tuple[Problem, ...] = (), lacks_factor: bool = False
) -> HttpResponse:
    findings, known = read_findings(site), read_desk_editions(site)
    return render_page(
        request,
        "study/editions.html",
        title="",
        status=400 if problems or lacks_factor else 200,
        factor_address="" if has_fresh_factor(request) else f"{factor_page(request)}?next={EDITIONS}",
        lacks_factor=lacks_factor,
        findings=findings,
        editions=known.editions,
        unread=known.problems,
        problems=problems,
    )


def _confirm(
    request: HttpRequest,
    site: WorkbenchSite,
    key: PublicKey,
    *,
    changed: bool = False,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    return render_page(
        request,
        "study/key.html",
        title="",
        status=409 if changed else 400 if problems else 200,
        key=key,
        seen=study_digest(site.study_folder),  # before the check, so that a change during it is noticed
        findings=read_findings(site),
        changed=changed,
        problems=problems,
        drafts=request.POST.get("drafts") == "yes",
    )


def _key_from(content: bytes) -> PublicKey:
    """The public key in a file. Raises KeyMaterialError; the text of a secret key is in no message."""
    text = content[:_LARGEST_KEY].decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    return PublicKey.from_text(text, "the key")
