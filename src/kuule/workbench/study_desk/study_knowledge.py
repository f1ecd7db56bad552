"""What this workbench was given to tell how far the study is, read now."""

from __future__ import annotations

from kuule.core.problems import KuuleError, Problem, StudyError
from kuule.study.folder.key_record import DestroyedKey, read_key_record
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.partner.collector_snapshot import store_snapshot
from kuule.workbench.release_desk.current_shelf import read_current_shelf
from kuule.workbench.release_desk.shelved_release import ShelvedRelease
from kuule.workbench.study_desk.current_findings import read_findings
from kuule.workbench.study_desk.desk_editions import read_desk_editions
from kuule.workbench.study_desk.study_stages import CollectorKnowledge, StudyKnowledge


def read_study_knowledge(site: WorkbenchSite) -> tuple[StudyKnowledge, tuple[Problem, ...]]:
    """What is known, and what is wrong with editions and releases that cannot be read. Raises WorkbenchError if the
    study cannot be checked just now."""
    findings, editions = read_findings(site), read_desk_editions(site)
    releases, unread = _releases(site)
    look, trouble = store_snapshot()
    facts = StudyKnowledge(
        findings,
        editions.editions,
        _destroyed_keys(site),
        CollectorKnowledge(site.store_proxy is not None, trouble, look),
        _counts(site),
        releases,
        site.clock(),
    )
    return facts, (*editions.problems, *unread)


def _releases(site: WorkbenchSite) -> tuple[tuple[ShelvedRelease, ...] | None, tuple[Problem, ...]]:
    if site.releases_folder is None:
        return None, ()
    try:
        shelf = read_current_shelf(site)
    except KuuleError as error:
        return None, error.problems
    return shelf.releases, ()


def _destroyed_keys(site: WorkbenchSite) -> tuple[DestroyedKey, ...]:
    """What the study's record says of destroyed keys. What is wrong in that file is among the findings of the check."""
    try:
        return read_key_record(site.study_folder)
    except StudyError:
        return ()


def _counts(site: WorkbenchSite) -> bool:
    try:
        return site.read_study_settings().counts
    except StudyError:
        return False
