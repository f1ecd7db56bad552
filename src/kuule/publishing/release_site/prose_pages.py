"""The pages of text: what the numbers can and cannot say, and how they were made."""

from __future__ import annotations

from kuule.publishing.release_site.release_language import ReleaseLanguage, SitePageView
from kuule.publishing.release_site.site_plan import prose_parts


def about_page(site: ReleaseLanguage) -> SitePageView:
    """The page `about`: the parts of the report before its first topic, and how to read the figures."""
    before, _ = prose_parts(site.view)
    return SitePageView("about", "about.html", site.say.say_plain("page_about"), {"parts_of_report": before})


def methods_page(site: ReleaseLanguage) -> SitePageView:
    """The page `methods`: the parts of the report after its last topic, and what was done, as Kuule noted it."""
    _, after = prose_parts(site.view)
    return SitePageView("methods", "methods.html", site.say.say_plain("page_methods"), {"parts_of_report": after})
