"""What `kuule deploy` would do, in lines for an administrator who sees Kuule for the first time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kuule.core.amounts import amount
from kuule.deployment.file_checks import CheckState
from kuule.deployment.host_settings import HostSettings
from kuule.deployment.planned_changes import FileChangeKind, PlannedChange
from kuule.usecases.installation.deploy_host import HostPlan

_WORDS = {
    FileChangeKind.NEW: "new",
    FileChangeKind.CHANGED: "changed",
    FileChangeKind.REPLACED: "replaced",
    FileChangeKind.AS_IT_IS: "as it is",
    FileChangeKind.REMOVED: "removed",
    FileChangeKind.LEFT_BEHIND: "left",
}
_WIDTH = max(map(len, _WORDS.values())) + 2


def plan_lines(plan: HostPlan) -> Iterator[str]:
    """The whole plan."""
    yield f"{plan.settings.study}: {'; '.join(_served(plan.settings, plan.facts.onion))}"
    if plan.record.unfinished:
        yield "an earlier run was stopped before its end: this one goes on, and starts every service anew"
    yield from _section("files", _files(plan.changes))
    yield from _section("what changes in files that are there", _differences(plan.changes))
    secrets = (f"{one.path}: {one.what}" for one in plan.secrets)
    yield from _section("made once, never shown and never replaced", secrets)
    yield from _section("tried beforehand, on copies", _checks(plan))
    acts = (line for act in plan.acts for line in (f"{act.why}:", f"    {act}"))
    yield from _section("then run, in this order", acts)
    yield from _section("left to you", left_to_do(plan))


def describe_plan(plan: HostPlan, *, applied: bool) -> dict[str, Any]:
    """The plan for a program."""
    files = [
        {"path": each.file.path, "state": each.kind, "what": each.file.what, "kept_as": each.kept_as or None}
        for each in plan.changes
    ]
    return {
        "study": plan.settings.study,
        "applied": applied,
        "files": files,
        "made": [one.path for one in plan.secrets],
        "checks": [{"what": one.what, "state": one.state, "told": one.told} for one in plan.checks],
        "acts": [str(act) for act in plan.acts],
        "left_to_do": list(left_to_do(plan)),
    }


def _served(settings: HostSettings, onion: str) -> Iterator[str]:
    if settings.collector is not None:
        practice = "practice " if settings.collector.practice else ""
        address = f"http://{onion}" if onion else "the onion address that tor makes"
        if settings.is_onion_only:
            yield f"a {practice}survey at {address}, and at no other name"
        elif settings.public is not None:
            beside = f", and at {address}" if settings.collector.onion else ""
            yield f"a {practice}survey at https://{settings.public.name}{beside}"
    if settings.workbench is not None:
        yield f"a workbench at https://{settings.workbench.site.name}"


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == 0:
            yield ""
            yield title
        yield f"  {line}" if line else ""


def _files(changes: Sequence[PlannedChange]) -> Iterator[str]:
    for change in changes:
        if change.kind is FileChangeKind.AS_IT_IS:
            continue
        yield f"{_WORDS[change.kind]:<{_WIDTH}}{change.file.path}: {change.file.what}"
        if change.kind is FileChangeKind.REPLACED:
            yield f"{'':<{_WIDTH}}somebody else wrote or changed what is there: it is kept as {change.kept_as}"
        if change.kind is FileChangeKind.LEFT_BEHIND:
            yield f"{'':<{_WIDTH}}somebody changed it by hand: it stays, and it is for you to take it away"
    same = sum(change.kind is FileChangeKind.AS_IT_IS for change in changes)
    if same:
        yield f"{_WORDS[FileChangeKind.AS_IT_IS]:<{_WIDTH}}{amount(same, 'file')}"


def _differences(changes: Sequence[PlannedChange]) -> Iterator[str]:
    for change in changes:
        yield from change.difference()


def _checks(plan: HostPlan) -> Iterator[str]:
    for check in plan.checks:
        yield f"{check.what}: {check.state}" + (f" ({check.told})" if check.state is CheckState.NOT_TRIED else "")


def left_to_do(plan: HostPlan) -> Iterator[str]:
    """What no program does for the administrator."""
    settings = plan.settings
    for site in (settings.public, settings.workbench.site if settings.workbench else None):
        if site is not None:
            yield (
                f"a certificate for {site.name} in {site.certificate} and {site.certificate_key}, and its renewal: "
                "docs/how-to/serve.md, The certificate"
            )
    if settings.public is not None or settings.workbench is not None:
        yield "the firewall: let in TCP 80 and 443, and your own way in; nothing else listens to other machines"
    elif settings.is_onion_only:
        yield "the firewall: let nothing in but your own way in; tor makes all its lines itself"
    if settings.collector is not None and settings.collector.onion:
        yield "a copy of the key of the onion address: kuule onion backup /var/lib/tor/kuule, docs/how-to/tor.md"
    yield "the disk encrypted, swap off or encrypted, no snapshots of the machine: docs/how-to/serve.md, The machine"
