"""What each kit of a partner would be now, and whether one that was taken before is still true."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from kuule.core.problems import Problem, WorkbenchError
from kuule.languages.cldr.tags import Language, find_language
from kuule.study.folder.partner_files import StudyPartner
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.errands.errand_process import errand_turn, run_errand_process
from kuule.workbench.errands.problem_tables import problems_from_table
from kuule.workbench.file_stamps import FileStamp, file_stamp
from kuule.workbench.kit_desk.kit_orders import KIT_ERRANDS, EarlierKit, KitOrder
from kuule.workbench.kit_desk.partner_kits import MANIFEST_FILE, TAKEN_FOLDER, kit_order, kit_stamp, taken_folder
from kuule.workbench.roles import Member

_LOOKED_UP_SECONDS = 600
"""How long the first page goes on saying what it looked up: a study is written in all day."""
_FIRST_PAGE_PATIENCE = 1.0
"""How many seconds it waits for others who are having something made."""


@dataclass(frozen=True, slots=True)
class KitState:
    """What a kit would be now. `problems` keep it from being made. `taken_on` is when somebody took it last, None if
    nobody has; `changed` are its files that are otherwise now, and `changed_ready` those of a kit that `kuule kit` made
    in the folder of downloads."""

    language: Language
    draft: bool = False
    problems: tuple[Problem, ...] = ()
    taken_on: date | None = None
    changed: tuple[str, ...] = ()
    changed_ready: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Basis:
    """What states are looked up from."""

    order: KitOrder
    languages: tuple[str, ...]
    study: FileStamp
    taken: FileStamp
    earlier: tuple[EarlierKit, ...]


class _LookedUp:
    """What was looked up last of each partner and language, with the time by a clock that never goes back."""

    known: dict[object, tuple[_Basis, float, tuple[KitState, ...]]] = {}  # noqa: RUF012 -- replaced whole, of the process


def kit_states(site: WorkbenchSite, member: Member, partner: StudyPartner, tags: Sequence[str]) -> tuple[KitState, ...]:
    """The state of each of a partner's kits. Raises WorkbenchError."""
    return _states(site, _basis(site, member, partner, tags)) if tags else ()


def _states(site: WorkbenchSite, basis: _Basis, **how: float) -> tuple[KitState, ...]:
    with errand_turn(KIT_ERRANDS, **how):
        known = _LookedUp.known.get(_key(basis))
        return known[2] if known is not None and known[0] == basis else _look_up(site, basis)


def changed_kits(
    site: WorkbenchSite, member: Member, partner: StudyPartner, tags: Sequence[str], *, exact: bool = False
) -> tuple[KitState, ...]:
    """Those of a partner's kits that are otherwise now than when they were taken, as it was looked up in the last
    minutes. Nothing is looked up for a partner that never took one, and nobody waits long for it: what cannot be told
    now is told the next time. `exact` looks it up if anything changed since."""
    basis = _basis(site, member, partner, tags)
    if not basis.earlier:
        return ()
    known = _LookedUp.known.get(_key(basis))
    fresh = known is not None and time.monotonic() - known[1] < _LOOKED_UP_SECONDS and known[0].taken == basis.taken
    states = known[2] if known is not None else ()
    if exact or not fresh:
        with suppress(WorkbenchError):
            states = _states(site, basis, patience=_FIRST_PAGE_PATIENCE)
    return tuple(one for one in states if one.changed or one.changed_ready)


def _basis(site: WorkbenchSite, member: Member, partner: StudyPartner, tags: Sequence[str]) -> _Basis:
    order = kit_order(site, member, partner.code, next(iter(tags), ""))
    taken = file_stamp(site.data, (f"{TAKEN_FOLDER}/{partner.code}",))
    return _Basis(order, tuple(tags), kit_stamp(site), taken, tuple(_earlier(site, partner.code, tags)))


def _key(basis: _Basis) -> object:
    return basis.order.partner, basis.order.drafts, basis.languages


def _look_up(site: WorkbenchSite, basis: _Basis) -> tuple[KitState, ...]:
    asked = {
        "do": "check",
        "order": basis.order.to_table(),
        "languages": list(basis.languages),
        "earlier": [[one.language, str(one.folder)] for one in basis.earlier],
    }
    found, states = run_errand_process(KIT_ERRANDS, asked), []
    for tag in basis.languages:
        taken, changed = taken_folder(site, basis.order.partner, tag), found[tag]["changed"]
        ready = [names for folder, names in changed.items() if folder != str(taken)]
        states.append(
            KitState(
                find_language(tag),
                found[tag]["draft"],
                problems_from_table(found[tag]["wrong"]),
                _day_of(taken),
                tuple(changed.get(str(taken), ())),
                tuple(name for names in ready for name in names),
            )
        )
    _LookedUp.known = {**_LookedUp.known, _key(basis): (basis, time.monotonic(), tuple(states))}
    return tuple(states)


def _earlier(site: WorkbenchSite, code: str, tags: Collection[str]) -> Iterator[EarlierKit]:
    """The kits that were taken here, and those that `kuule kit` made in the folder of downloads."""
    for tag in tags:
        folders = [taken_folder(site, code, tag)]
        if (downloads := site.options.downloads) is not None:
            folders.append(downloads / code / tag)
        for folder in folders:
            if (folder / MANIFEST_FILE).is_file() and not folder.is_symlink():
                yield EarlierKit(tag, folder)


def _day_of(folder: Path) -> date | None:
    try:
        return datetime.fromtimestamp((folder / MANIFEST_FILE).stat().st_mtime, UTC).date()
    except OSError:
        return None
