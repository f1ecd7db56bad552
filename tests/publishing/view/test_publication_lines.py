"""What a released report says of itself on its first page, on the page and in the PDF."""

from __future__ import annotations

from kuule.publishing.render.pdf_content import pdf_content
from kuule.publishing.render.report_html import report_html
from kuule.publishing.view.release_view import release_report_view
from tests.releases.small_release import description, small_release


def test_release_says_its_day_and_how_to_cite_it() -> None:
    release = small_release(description=description(version="1.1", contact="research@example.org"))
    view = release_report_view(release, "sv")
    assert view.publication == (
        "Publicerad 1 mars 2027, version 1.1.",
        "Ange källan så här: Example: Our Voice, 2027",
        "Licens: CC BY 4.0",
        "Kontakt: research@example.org",
    )
    html = report_html(view)
    assert all(f"<li>{line}</li>" in html for line in view.publication)
    summary = pdf_content(view, ["x"])["summary"]
    assert isinstance(summary, dict)
    assert summary["basis"] == [*view.basis, *view.publication]


def test_release_says_nothing_that_nobody_wrote() -> None:
    release = small_release(description=description(citation="", licence="", contact=""))
    assert release_report_view(release, "en").publication == ("Published on 1 March 2027, version 1.",)
