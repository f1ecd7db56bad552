"""What belongs to each figure beside its numbers: how to cite it, and its numbers as files."""

from __future__ import annotations

from dataclasses import dataclass

from kuule.publishing.release_site.release_language import ReleaseLanguage
from kuule.publishing.release_site.site_plan import SITE_DATA_FOLDER
from kuule.tables.request import TableRequest


@dataclass(frozen=True, slots=True)
class FigureFiles:
    """`citation` is one line of plain text. The others are addresses of files, as links from a page."""

    citation: str
    csv: str
    metadata: str
    json_stat: str


def figure_files(site: ReleaseLanguage, page: str, anchor: str, request: TableRequest) -> FigureFiles:
    """What belongs to a figure that is on a page at an anchor."""
    stem = f"{SITE_DATA_FOLDER}/{site.plan.tables[request]}"
    citation = figure_citation(site, page, anchor, str(request))
    json_stat = json_stat_address(site, site.plan.tables[request])
    return FigureFiles(citation, f"{stem}.csv", f"{stem}.csv-metadata.json", json_stat)


def json_stat_address(site: ReleaseLanguage, name: str) -> str:
    """The JSON-stat of a table, as a link. Programs read it, by codes, so it is there once, in the first language."""
    return site.folders.at_root(site.tag, f"{SITE_DATA_FOLDER}/{name}.json")


def figure_citation(site: ReleaseLanguage, page: str, anchor: str, request: str) -> str:
    """How to cite a figure that is on a page at an anchor, as one line of plain text."""
    known, place = site.release.description, f"{page}.html#{anchor}"
    base = known.address.rstrip("/")
    address = f"{base}/{site.folders.folder(site.tag)}{place}" if base else place
    return site.say.say_plain(
        "figure_citation", citation=known.citation, table=request, version=known.version, address=address
    )
