"""The briefs that ship, of a rehearsed release and the register that ships: in English, Finnish and Swedish."""

from __future__ import annotations

import io
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from bench.datasets import make_opened_dataset
from bench.reports import responses
from pypdf import PdfReader

from kuule.opening.private_key import PrivateKey
from kuule.publishing.brief.brief_reader import read_brief
from kuule.publishing.brief.ordered_brief import BriefOptions
from kuule.usecases.releasing.new_release import make_release
from kuule.usecases.reporting.policy_brief import make_brief
from tests.frozen import OUR_VOICE, in_few_languages
from tests.kept import frozen
from tests.sampling import matrix

TEXTS = OUR_VOICE / "briefs"
REGISTER = OUR_VOICE.parents[1] / "registers" / "csa-law-europe"
TODAY = date(2026, 12, 1)
PEOPLE = 1_000
SAID = {
    "en": ("Let people report when they are able to", "Practice, not real answers."),
    "fi": ("Ihmisten on voitava ilmoittaa silloin, kun he siihen pystyvät", "Harjoitus, ei oikeita vastauksia."),
    "sv": ("Låt människor anmäla när de kan", "Övning, inte riktiga svar."),
}


COUNTRIES = ("FI", "SE", "EE", "MT")
PAIRS = (("en", "MT"), ("fi", "FI"), ("fi", "EE"), ("sv", "SE"))
"""Each country once, each language at least once."""


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of people who do not exist."""
    place = tmp_path_factory.mktemp("rehearsed")
    key = PrivateKey.generate(bytes(32), rehearsal=True)
    study = in_few_languages(place / "study", "fi", "sv")
    edition = frozen(study, key.public, place / "edition")
    make_opened_dataset(responses(edition, PEOPLE), edition, key, place / "dataset")
    return make_release(place / "dataset", place / "release", today=TODAY).path


@pytest.mark.slow
@pytest.mark.parametrize(("tag", "country"), matrix(product(SAID, COUNTRIES), PAIRS))
def test_shipped_brief(rehearsed: Path, tag: str, country: str, tmp_path: Path) -> None:
    options = BriefOptions(country, "limitation", tag, TEXTS)
    page, document = make_brief(rehearsed, REGISTER, tmp_path, options=options, today=TODAY)
    html = page.read_text("utf-8")
    title, practice = SAID[tag]
    assert f"<h1>{title}</h1>" in html
    assert practice in html
    assert len(html.encode()) < 100_000
    reader = PdfReader(io.BytesIO(document.read_bytes()))
    assert (len(reader.pages), reader.metadata.title, reader.trailer["/Root"]["/Lang"]) == (2, title, tag)


def test_shipped_briefs_have_the_same_parts() -> None:
    read = [read_brief((TEXTS / f"limitation.{tag}.md").read_text("utf-8"), tag) for tag in SAID]
    shapes = {tuple(type(part) for part in text.parts) for text in read}
    numbers = {tuple(one.tag for one in text.figures) for text in read}
    cited = {tuple(one.entry for one in text.citations) for text in read}
    assert (len(shapes), len(numbers), len(cited)) == (1, 1, 1)
