"""The pages of a network in a browser with script off, in English, Swedish and Arabic: axe-core finds nothing, and
nothing has to be moved sideways, on a narrow window, in the dark and with long words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kuule.usecases.networking.publish_network import publish_study_network
from tests.access import axe
from tests.access.measuring import source
from tests.access.windows import ChromiumWindow
from tests.network.small_network import EN, SV, make_network, sign, write_statement
from tests.network.test_network_site import make_actions
from tests.register.site.shown_pages import served
from tests.sampling import matrix, taken
from tests.study.folder.test_partner_files import write_partner
from tests.study.media.files import png

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AR = "التقادم\n\nنطلب شيئًا واحدًا.\n\nونطلبه معًا.\n"
LONG = "Strafverfolgungsverjährungsfristenverlängerungsgesetz" * 3
PAGES = ("index", "statements", "statement-time-limits", "statement-more", "events")
SIZES = ((320, "light"), (1280, "dark"), (1280, "light"), (320, "dark"))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a logo, a statement in three languages, one that is in Swedish only, and words that are too long."""
    folder = tmp_path_factory.mktemp("network")
    study = make_network(folder / "study")
    (study / "identity").mkdir()
    (study / "identity" / "long.png").write_bytes(png(300, 90))
    write_partner(
        study,
        "long",
        f'name = "{LONG}"\nrole = "{LONG}"\nlogo = "long.png"\nlanguages = ["ar"]\ncontact = "a@b.example"',
    )
    write_statement(study, "time-limits", 'languages = ["en", "sv", "ar"]\n', en=EN, sv=SV, ar=AR)
    write_statement(study, "more", 'languages = ["sv"]\n', sv=f"{LONG}\n\n{LONG}\n")
    for name in ("time-limits", "more"):
        sign(study, "childx", name)
    register = make_actions(folder / "register", countries=["SE"], says=LONG, address="https://campaign.example.org")
    publish_study_network(study, folder / "site", register=register, today=date(2026, 11, 28))
    return folder / "site"


@pytest.mark.parametrize("folder", matrix(["", "sv/", "ar/"], ["ar/"]))
def test_every_page_keeps_the_rules_of_axe_and_fits_its_window(
    chromium: ChromiumWindow, pages: Path, folder: str
) -> None:
    wrong = {}
    with served(pages) as address:
        for place, name in enumerate(PAGES):
            chromium.open(f"{address}/{folder}{name}.html")
            for width, scheme in taken(SIZES, place):
                chromium.page.set_viewport_size({"width": width, "height": 800})
                chromium.as_if(prefers_color_scheme=scheme)
                wrong[name, width, scheme] = [*axe.findings(chromium), *chromium.ask("measures.sideways()", source())]
    assert {at: said for at, said in wrong.items() if said} == {}


def test_page_that_is_not_in_a_language_says_where_it_is(pages: Path) -> None:
    said = (pages / "ar" / "statement-more.html").read_text("utf-8")
    assert ("هذا النص غير متاح بعد بهذه اللغة: العربية" in said, '<a href="#text-sv">السويدية</a>' in said) == (
        True,
        True,
    )
    assert "غير متاح بعد" not in (pages / "ar" / "statement-time-limits.html").read_text("utf-8")
