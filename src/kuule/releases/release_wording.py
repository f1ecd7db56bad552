"""The words that a release needs: those of its tables, and no others. A partner's name, for instance, is only in a
release that has a table by links."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kuule.tables.request import LINK, TableRequest
from kuule.tables.wording import Wording


def wording_of_tables(wording: Wording, requests: Collection[TableRequest]) -> Wording:
    """The wording with the questions, groups and links of these tables only."""
    cuts = {request.cut for request in requests if request.cut is not None}
    names = cuts.union(request.item for request in requests)
    sections = ((heading, tuple(item for item in items if item in names)) for heading, items in wording.sections)
    return replace(
        wording,
        items={name: item for name, item in wording.items.items() if name in names},
        cuts={name: cut for name, cut in wording.cuts.items() if name in cuts},
        links=wording.links if LINK in cuts else {},
        sections=tuple((heading, items) for heading, items in sections if items),
        ordered_cuts=wording.ordered_cuts & cuts,
    )
