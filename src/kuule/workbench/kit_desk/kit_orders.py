"""What the workbench asks the process that makes kits for: one kit, or what became of those that were taken before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kuule.workbench.errands.errand_process import ErrandKind

KIT_ERRANDS = ErrandKind(
    "kuule.workbench.kit_desk.kit_errand",
    "KIT_041",
    "the kit",
    "making it",
    "make it on another machine: `kuule kit`",
)
"""The process that makes kits."""
KIT_FOLDER, LOOKS_FOLDER, SHOWN_FILE = "kit", "look", "shown.json"
"""What is in the ZIP that the process writes: the files of the kit, pictures of those on paper, and what the page
says."""


@dataclass(frozen=True, slots=True)
class KitOrder:
    """The kit of a partner, by its code, in one language. With `drafts` a kit whose texts nobody has reviewed will do.
    `switched_off` are the links that are off."""

    study: Path
    partner: str
    language: str
    today: date
    drafts: bool
    switched_off: tuple[str, ...] = ()

    def to_table(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"study": str(self.study), "today": self.today.isoformat()}

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> KitOrder:
        """The reverse."""
        known = {"study": Path(table["study"]), "today": date.fromisoformat(table["today"])}
        return cls(**{**table, **known, "switched_off": tuple(table["switched_off"])})


@dataclass(frozen=True, slots=True)
class EarlierKit:
    """A kit that was made before, of which the manifest lies in a folder, and its language."""

    language: str
    folder: Path
