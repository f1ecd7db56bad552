"""The first page: a word to survivors and help, then what was found, then the way to everything else."""

from __future__ import annotations

from dataclasses import dataclass

from kuule.publishing.release_site.release_language import ReleaseLanguage, SitePageView
from kuule.publishing.release_site.site_plan import prose_parts
from kuule.publishing.release_site.topic_pages import topic_links
from kuule.publishing.view.key_findings import KeyFinding


@dataclass(frozen=True, slots=True)
class FindingTile:
    """A key finding and the address of the figure that it comes from, or ""."""

    finding: KeyFinding
    address: str


def front_page(site: ReleaseLanguage) -> SitePageView:
    """The page `index`."""
    links = topic_links(site)
    addresses = {one.anchor: f"{topic.name}.html#{one.anchor}" for topic in links for one in topic.figures}
    before, _ = prose_parts(site.view)
    tiles = tuple(_tile(site, finding, addresses) for finding in site.view.findings)
    content = {
        "opening": site.view.opening,
        "first_word": before[0] if before else None,
        "tiles": tiles,
        "topics": links,
    }
    return SitePageView("index", "index.html", site.view.title, content)


def _tile(site: ReleaseLanguage, finding: KeyFinding, addresses: dict[str, str]) -> FindingTile:
    anchor = site.plan.figures.get(finding.topic, "") if finding.topic is not None else ""
    return FindingTile(finding, addresses.get(anchor, ""))
