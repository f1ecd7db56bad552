"""Whether a text quotes only what was released. Anything else fails the build, with what happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kuule.core.problems import Problem
from kuule.tables.released_quotes import QuoteAbsence, ReleasedQuotes

_WHY: Mapping[QuoteAbsence, tuple[str, str]] = {
    QuoteAbsence.UNDECIDED: ("nobody has released it yet", "have somebody check it (`kuule answers quotes check`)"),
    QuoteAbsence.REFUSED: ("it was refused", "take it out of the text"),
    QuoteAbsence.WITHDRAWN: ("it was withdrawn", "take it out of the text"),
    QuoteAbsence.STALE: (
        "its redactions, its translations, the dataset or the tables changed since it was released",
        "check it again (`kuule answers quotes check`), and export the quotes again",
    ),
    QuoteAbsence.CONTESTED: (
        "two copies of the project disagree on it",
        "settle it (`kuule answers quotes list`), and export the quotes again",
    ),
    QuoteAbsence.TEXT_WITHDRAWN: ("whoever wrote it took it back", "take it out of the text"),
    QuoteAbsence.NO_LEAVE: ("not everybody who wrote it gave leave to quote it", "take it out of the text"),
}


def quote_problems(asked: Iterable[tuple[int, str]], released: ReleasedQuotes | None) -> Iterator[Problem]:
    """What is wrong with the quotes of a text, each given as (number, place): QUOTE_021 (no released quote has this
    number), QUOTE_022 (it is not released any more, or not yet), QUOTE_023 (this text can have none: `released` is
    None)."""
    for number, place in asked:
        if released is None:
            cause, remedy = f"quote {number} can only be in a release", "make one: kuule release new --quotes FILE"
            yield Problem("QUOTE_023", place, cause, remedy)
        elif number in released.absent:
            why, remedy = _WHY[released.absent[number]]
            yield Problem("QUOTE_022", place, f"quote {number} cannot be shown: {why}", remedy)
        elif released.quote(number) is None:
            cause = f"no released quote has the number {number}"
            remedy = "give the file with it (kuule release new --quotes FILE), or take it out of the text"
            yield Problem("QUOTE_021", place, cause, remedy)
