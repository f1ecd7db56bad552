"""What is made of a release at the workbench, and the order for it that goes to the process that makes it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any


class ReleaseKind(StrEnum):
    """A report, or further kinds as files beside this one make them."""

    REPORT = "report"


FIRST_FILE = {ReleaseKind.REPORT: "report.html"}
"""By kind: the file that a preview opens with."""

KIND_NAMES = {ReleaseKind.REPORT: "Report"}
"""By kind: what it is called on a page."""


@dataclass(frozen=True, slots=True)
class ReleaseOrder:
    """What to make: of the release in a folder, as long as it has this content hash, one kind in one language."""

    folder: Path
    content: str
    kind: ReleaseKind
    language: str
    today: date

    @property
    def parts(self) -> tuple[str, ...]:
        """What tells it from other orders of the release, for an address or a name."""
        return (self.kind, self.language)

    def to_table(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"folder": str(self.folder), "today": self.today.isoformat()}

    @classmethod
    def from_table(cls, table: dict[str, Any]) -> ReleaseOrder:
        """The reverse."""
        known = {"folder": Path(table["folder"]), "kind": ReleaseKind(table["kind"])}
        return cls(**table | known | {"today": date.fromisoformat(table["today"])})
