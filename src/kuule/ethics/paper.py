"""A paper as data: what is said, tables, what the organisation answered, and blanks. Renderers set it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kuule.ethics.ethics_questions import EthicsQuestion


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table with a caption; cells are Markdown of one line, and empty ones stay empty. `tag` is the language of the
    cells of columns in `foreign`, where that is another than English."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    tag: str = "en"
    foreign: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """One piece. `text` is Markdown: of this package (prose, heading) or of the organisation (answer). A heading has a
    `level` from 2."""

    kind: Literal["heading", "prose", "table", "answer", "blank"]
    text: str = ""
    level: int = 0
    table: PaperTable | None = None
    question: EthicsQuestion | None = None
    number: int = 0
    """Of a blank: its place among those of the paper, from 1."""


@dataclass(frozen=True, slots=True)
class EthicsPaper:
    """One of the papers. `name` is that of its files, `notes` are said before everything else."""

    name: str
    title: str
    study: str
    organisation: str
    notes: tuple[str, ...]
    blocks: tuple[PaperBlock, ...]

    @property
    def blanks(self) -> tuple[EthicsQuestion, ...]:
        """What the organisation has still to answer in it, each once."""
        return tuple(dict.fromkeys(one.question for one in self.blocks if one.kind == "blank" and one.question))
