"""A release of two editions: which editions asked what goes with every table, and the findings by language."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kuule.forms.record import Record
from kuule.releases.release_folder import read_release
from kuule.releases.strict_json import ReleaseFileError
from kuule.releases.text_json import texts_from_json
from kuule.study.settings.study_settings import DisclosureSettings
from kuule.tables.wording import AskedIn
from kuule.usecases.releasing.new_release import make_release
from kuule.usecases.releasing.publish_release import PublishOptions, publish_release
from tests.dataset.lifecycle.test_added_editions import of
from tests.disclosure.test_versions_of_questions import people
from tests.factories import make_dataset

TODAY = date(2026, 12, 1)
BOUND = DisclosureSettings().noise_bound
FINDINGS = "".join(
    f"```finding\ntitle: {title}\nfigure: {{{{ share {answer} }}}}\nreading: Of those who answered.\n```\n\n"
    for title, answer in (
        ("Had told someone", "told yes"),
        ("Had told it", "told@1 yes"),
        ("Live in Finland", "residence FI"),
    )
)
TEXT = (
    f"# A field\n\n{FINDINGS}## Telling\n\n"
    + "".join(f"```figure\nquestion: {item}\n```\n\n" for item in ("told@1", "told", "residence"))
    + "## By language\n\n```comparison\n```\n"
)


def answered() -> dict[int, Record]:
    return {
        key: replace(one, language=("en", "ar")[key // 2 % 2])
        for key, one in people(300, 200).items()
        if isinstance(one, Record)
    }


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hundred who answered the first edition, two hundred the second, each other one in Arabic."""
    folder = tmp_path_factory.mktemp("field")
    make_dataset(answered(), [replace(of(number, None), report=TEXT) for number in (1, 2)], folder / "ds")
    return make_release(folder / "ds", folder / "release", today=TODAY).path


def told(*languages: str) -> tuple[int, int]:
    """How many who answered the first edition in these languages had told it, of how many: counted by hand."""
    first = [one for key, one in answered().items() if key < 20_000 and one.language in languages]
    return sum(one.answers["/data/told"] == "yes" for one in first), len(first)


def test_release_keeps_which_editions_asked_a_question(release: Path) -> None:
    items = read_release(release).release.wordings["en"].items
    assert {name: item.asked_in for name, item in items.items()} == {
        "told@1": AskedIn((1,), 2, reworded=True),
        "told": AskedIn((2,), 2, reworded=True),
        "residence": None,
    }


@pytest.mark.parametrize("editions", [[], [0], [3], [1, 1], ["1"]])
def test_release_that_names_editions_which_there_cannot_be_is_refused(release: Path, editions: list[object]) -> None:
    content = json.loads((release / "texts.json").read_bytes())
    content["languages"][0]["wording"]["items"]["told"]["asked_in"]["editions"] = editions
    with pytest.raises(ReleaseFileError, match="asked_in"):
        texts_from_json(json.dumps(content).encode())


def test_site_says_who_could_be_asked_and_sets_findings_side_by_side(release: Path, tmp_path: Path) -> None:
    options = PublishOptions(("en",), drafts=True, pdf=False, preview=True)
    publish_release(release, tmp_path / "site", today=TODAY, options=options)
    said = {
        page.name: " ".join(re.sub(r"<[^>]+>", " ", page.read_text("utf-8")).split())
        for page in (tmp_path / "site").glob("*.html")
    }
    for number in (1, 2):
        assert f"Asked in these words in edition {number} of 2 only." in said["telling.html"]
    table = said["methods.html"].partition("The key findings, side by side")[2]
    assert table.index("Languages are not countries") < table.index("Had told someone Everyone")
    found = re.search(r"Had told it Everyone (\d+)% of about (\d+) English (\d+)% of about (\d+) Arabic", table)
    assert found is not None
    for share, base, by_hand in ((found[1], found[2], told("en", "ar")), (found[3], found[4], told("en"))):
        yes, all_of_them = by_hand
        assert abs(int(base) - all_of_them) <= BOUND
        assert abs(int(share) / 100 * int(base) - yes) <= BOUND + int(base) / 200, "the noise, and rounding"
    about = json.loads((tmp_path / "site/data/told1.csv-metadata.json").read_bytes())["dc:description"]
    assert "Asked in these words in edition 1 of 2 only." in about
