"""What is made of a release at the workbench, and the order for it that goes to the process that makes it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from kuule.workbench.errands.errand_process import ErrandKind

RELEASE_ERRANDS = ErrandKind(
    "kuule.workbench.release_desk.release_errand",
    "WORKBENCH_017",
    "releases",
    "reading releases",
    "look at the release on another machine",
)
"""The process that reads releases and makes files of them."""


class ReleaseKind(StrEnum):
    """What can be previewed."""

    REPORT = "report"
    PAGE = "page"
    BRIEF = "brief"


PLAIN_KINDS = (ReleaseKind.REPORT, ReleaseKind.PAGE)
"""The kinds that need a language only."""


@dataclass(frozen=True, slots=True)
class ReleaseOrder:
    """What to make: of the release in a folder, as long as it has this content hash, one kind in one language. A brief
    is also on a country and a provision, from a register and with the texts in a folder."""

    folder: Path
    content: str
    kind: ReleaseKind
    language: str
    today: date
    country: str = ""
    provision: str = ""
    register: str = ""
    texts: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """What tells it from other orders of the release, for an address or a name."""
        return tuple(filter(None, (self.kind, self.language, self.country, self.provision)))

    @property
    def places(self) -> tuple[Path, ...]:
        """The folders that what it is made from lies in. No page says where on this machine that is."""
        return (self.folder.parent, *(Path(one).parent for one in (self.register, self.texts) if one))

    @property
    def first_file(self) -> str:
        """The file that a preview opens with."""
        if self.kind is ReleaseKind.BRIEF:
            return f"{self.provision}-{self.country}.{self.language}.html"
        return "index.html" if self.kind is ReleaseKind.PAGE else "report.html"

    def to_table(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"folder": str(self.folder), "today": self.today.isoformat()}

    @classmethod
    def from_table(cls, table: dict[str, Any]) -> ReleaseOrder:
        """The reverse."""
        known = {"folder": Path(table["folder"]), "kind": ReleaseKind(table["kind"])}
        return cls(**table | known | {"today": date.fromisoformat(table["today"])})
