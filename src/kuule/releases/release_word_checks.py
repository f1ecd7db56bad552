"""Whether a release has a word for everything that its tables show, in every language."""

from __future__ import annotations

from collections.abc import Iterable

from kuule.releases.strict_json import ReleaseFileError
from kuule.releases.text_json import ReleaseTexts
from kuule.tables.released import ReleasedTable
from kuule.tables.request import LANGUAGE, RESPONSE_CUTS, TableRequest


def check_wordings(texts: ReleaseTexts, tables: Iterable[ReleasedTable]) -> None:
    """Raise ReleaseFileError if a language lacks a question or a group that a table has, or if a table that pages of
    countries or languages are made of is not there."""
    requests = {table.request for table in tables}
    for tag, wording in texts.wordings.items():
        for request in requests:
            if request.item not in wording.items:
                raise ReleaseFileError("languages", f"{tag} has no words for {request.item!r}")
            cut = request.cut
            if not (cut is None or cut in RESPONSE_CUTS or cut in wording.cuts or cut in wording.items):
                raise ReleaseFileError("languages", f"{tag} has no words for {cut!r}")
    if texts.by_country and not texts.country:
        raise ReleaseFileError("country", "by_country names questions, and this names no question on countries")
    wanted = [TableRequest(item, texts.country) for item in texts.by_country]
    wanted += [TableRequest(item, LANGUAGE) for item in texts.by_language]
    for request in wanted:
        if request not in requests:
            raise ReleaseFileError("by_country", f"the table {request} is not in the release")
