"""The kits of partners as a member of the workbench has them: whose, in which languages, and the files of one."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.study.folder.partner_files import PARTNERS_FOLDER, StudyPartner, read_study_partners
from kuule.study.folder.study_folder import FORM_FILES
from kuule.study.settings.study_settings import Study
from kuule.workbench.configuration.workbench_site import KIT_SETTINGS_FILE, WorkbenchSite, running_site
from kuule.workbench.errands.errand_process import run_errand_process
from kuule.workbench.errands.packed_files import PackedFiles, find_or_make_files
from kuule.workbench.file_stamps import FileStamp, file_stamp
from kuule.workbench.kit_desk.kit_orders import KIT_ERRANDS, SHOWN_FILE, KitOrder
from kuule.workbench.kit_desk.shown_kit import ShownKit
from kuule.workbench.partner.collector_snapshot import store_snapshot
from kuule.workbench.roles import Member, Permission, may
from kuule.workbench.signing_desk.own_partner import partner_of_member

TAKEN_FOLDER, MANIFEST_FILE = "kits", "manifest.json"
"""In the workbench's own folder: the manifest of each kit as it was taken last."""
_FILES = (*FORM_FILES, "study.toml", KIT_SETTINGS_FILE, "support.csv", PARTNERS_FOLDER, "identity", "languages")


def kit_partners(member: Member) -> Mapping[str, StudyPartner]:
    """The partners whose kits a member may have: its own organisation's, or all for who runs the study. Raises
    StudyError."""
    if may(member, Permission.INVITE):
        return read_study_partners(running_site().study_folder)
    own = partner_of_member(member)
    return {} if own is None or not may(member, Permission.SEE_KIT) else {own.code: own}


def kit_languages(member: Member, partner: StudyPartner, study: Study) -> tuple[str, ...]:
    """The languages of a partner's kit that are the member's too. That of the study itself is everybody's."""
    return tuple(
        tag
        for tag in partner.languages
        if tag in study.languages and may(member, Permission.SEE_KIT, None if tag == study.source_language else tag)
    )


def kit_order(site: WorkbenchSite, member: Member, code: str, tag: str) -> KitOrder:
    """The order for one kit."""
    look, _ = store_snapshot()
    off = tuple(sorted(look.switched_off)) if look is not None else ()
    drafts = may(member, Permission.SEE_DRAFT_KIT)
    return KitOrder(site.study_folder, code, tag, site.clock().date(), drafts, off)


def prepare_kit(site: WorkbenchSite, order: KitOrder) -> PackedFiles:
    """The kit with pictures of it. A reviewed one is the same for whoever asks, also for those who may see drafts.
    Raises WorkbenchError with whatever keeps it from being made."""
    stamp = kit_stamp(site)
    reviewed, asked = (replace(order, drafts=False), stamp), (order, stamp)
    return find_or_make_files(
        KIT_ERRANDS, [reviewed, asked], lambda: _make(site, order), lambda made: asked if _is_draft(made) else reviewed
    )


def _is_draft(packed: PackedFiles) -> bool:
    shown = packed.read(SHOWN_FILE)
    return shown is None or ShownKit.from_json(shown).draft


def _make(site: WorkbenchSite, order: KitOrder) -> PackedFiles:
    out = site.data / f"kit-{secrets.token_hex(8)}.partial"
    try:
        run_errand_process(KIT_ERRANDS, {"do": "make", "order": order.to_table(), "out": str(out)})
        return PackedFiles(out.read_bytes())
    finally:
        out.unlink(missing_ok=True)


def keep_taken(site: WorkbenchSite, code: str, tag: str, manifest: bytes) -> None:
    """Keep what the kit was that somebody takes now, so that they are told once it is no longer true."""
    folder = taken_folder(site, code, tag)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_atomically(folder / MANIFEST_FILE, manifest)


def taken_folder(site: WorkbenchSite, code: str, tag: str) -> Path:
    """Where the manifest of a kit is kept, as it was when somebody took it last."""
    return site.data / TAKEN_FOLDER / code / tag


def kit_stamp(site: WorkbenchSite) -> FileStamp:
    """Of all that kits are made of in the study's folder."""
    return file_stamp(site.study_folder, _FILES)
