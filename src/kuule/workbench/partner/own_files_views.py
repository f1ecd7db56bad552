"""The page of what a member's organisation can download, and the download itself: one ZIP file."""

from __future__ import annotations

import secrets
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase

from kuule.core.problems import Problem, WorkbenchError
from kuule.languages.workflow.entries import Entry
from kuule.languages.workflow.states import State
from kuule.study.folder.partner_files import StudyPartner
from kuule.workbench.audit_trail.audit_entries import record_action
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.saying import say_plain
from kuule.workbench.page_rendering import render_page
from kuule.workbench.partner.collector_snapshot import store_snapshot
from kuule.workbench.partner.own_files import OwnFile, OwnSources, own_files
from kuule.workbench.partner.partner_board import own_kits, partner_dates
from kuule.workbench.register_desk.current_register import read_current_register
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Member, Permission, check_may
from kuule.workbench.signing_desk.own_partner import partner_of_member
from kuule.workbench.signing_desk.statement_views import statement_rows
from kuule.workbench.translation_desk.current_study import read_current_language, read_current_study

LARGEST_DOWNLOAD = 500_000_000
"""Bytes. A kit in thirty languages is a tenth of it."""


def own_files_page(request: HttpRequest) -> HttpResponseBase:
    """List what the download has in it. When it is posted, send it."""
    member = request_member(request)
    check_may(member, Permission.SEE_STUDY)
    partner = partner_of_member(member)
    files = () if partner is None else own_files(_sources(member, partner))
    if request.method != "POST" or partner is None:
        kits, changed = own_kits(member, partner)
        stale = [one for one in changed if one.changed_ready]
        return render_page(
            request, "own.html", title=say_plain("own"), partner=partner, files=files, kits=kits, changed=stale
        )
    out = running_site().data / f"archive-{secrets.token_hex(8)}.partial"
    try:
        _write(out, files)
        file = out.open("rb")
    finally:
        # As with an archive: the file stays readable while it is open, and no copy is left behind.
        out.unlink(missing_ok=True)
    record_action(request, "downloaded what is its own", partner.code)
    name = f"{running_site().read_study_settings().id}-{partner.code}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def _sources(member: Member, partner: StudyPartner) -> OwnSources:
    site = running_site()
    study, today, (look, _) = site.read_study_settings(), site.clock().date(), store_snapshot()
    rows, _ = statement_rows(member, partner)
    register = None if site.register_folder is None else read_current_register(site.register_folder, today).register
    return OwnSources(
        study=study,
        folder=site.study_folder,
        partner=partner,
        statements=tuple(row.signed for row in rows if row.own is not None),
        texts=_reviewed_texts(partner),
        counts=look.counts if (study.counts or study.count_help) and look is not None else None,
        register=register,
        actions=partner_dates(partner, study.id, today),
        downloads=site.options.downloads,
        today=today,
    )


def _reviewed_texts(partner: StudyPartner) -> Mapping[str, Sequence[Entry]]:
    study = read_current_study(running_site().study_folder)
    found = {}
    for tag in partner.languages:
        if tag in study.tags:
            entries = read_current_language(study, tag).catalogue.entries.values()
            found[tag] = [one for one in entries if one.effective_state.reaches(State.REVIEWED)]
    return {tag: entries for tag, entries in found.items() if entries}


def _write(out: Path, files: Sequence[OwnFile]) -> None:
    size = sum(len(one.content) if one.path is None else one.path.stat().st_size for one in files)
    if size > LARGEST_DOWNLOAD:
        cause = f"there are {size:,} bytes, and {LARGEST_DOWNLOAD:,} are the most"
        remedy = "take large files out of the folder of downloads, and send them another way"
        raise WorkbenchError(Problem("WORKBENCH_019", "the download", cause, remedy))
    with zipfile.ZipFile(out, "x", zipfile.ZIP_DEFLATED) as packed:
        out.chmod(0o600)
        for one in files:
            packed.writestr(one.name, one.content if one.path is None else one.path.read_bytes())
