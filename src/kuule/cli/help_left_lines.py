"""What help is left once a service is hidden, as the commands that hide one say it: who finds nobody now, and where the
same number stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kuule.helplines.coverage_table import CoverageCell
    from kuule.study.settings.help_left import HelpLeft


def help_left_lines(left: HelpLeft, country: str) -> Iterator[str]:
    """A line for each thing that is missing in a country now, and for each service with the same number."""
    from kuule.usecases.authoring.list_help_gaps import (  # slow: forms; --help loads all commands
        gaps_of_help_left,
        missing_in_words,
    )

    yield from missing_in_words(gaps_of_help_left(left, country))
    for tag in left.languages:
        yield f"language {tag}: no service that a person has checked lately helps in it"
    for other in left.same_number:
        yield f"{other!r} has the same number and is not hidden: if the number is wrong, hide it too"


def help_left_table(left: HelpLeft | None) -> dict[str, object]:
    """The same for a program; nothing where it is not known."""
    if left is None:
        return {"missing": [], "languages": [], "same_number": []}
    missing = [coverage_cell_table(one) for one in left.open_cells]
    return {"missing": missing, "languages": list(left.languages), "same_number": list(left.same_number)}


def coverage_cell_table(cell: CoverageCell) -> dict[str, object]:
    """One kind of help in one country, for women or for men."""
    services = [service.name for service in cell.services]
    told = {"country": cell.country, "kind": cell.kind, "gender": cell.gender, "state": cell.state}
    return {**told, "services": services, "waived": cell.waiver is not None}
