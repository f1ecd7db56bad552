"""The codebook is one page that says what is in every file, in one language, and nothing of the answers."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from lxml import html

from kuule.dataset.exports.export import export_dataset
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from tests.access import axe
from tests.access.windows import ChromiumWindow
from tests.dataset.exports.guides.answered import answered_dataset
from tests.dataset.small import edition, record
from tests.factories import make_dataset
from tests.register.site.shown_pages import served

LONG = [f"land_{number:02}" for number in range(30)]
"""More answers than a table has."""
FORM = "\n".join(
    [
        "| survey | | | | |",
        "| | type | name | label | relevant |",
        "| | select_one land | residence | Where do you live? | |",
        "| | select_one land | born | Where were you born? | ${residence} = 'land_07' |",
        "| | select_one told | told | Had you <b>told</b> & said it? | |",
        "| | rank told | order | In which order? | |",
        "| | text | wish | A wish? | |",
        "| choices | | | |",
        "| | list_name | name | label |",
        *(f"| | land | {code} | Land {code[-2:]} |" for code in LONG),
        "| | told | yes | Yes |",
        "| | told | no | No |",
        "| | told | do_not_know | Do not know |",
    ]
)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return answered_dataset(tmp_path_factory.mktemp("codebook"))


@pytest.fixture(scope="module")
def longer(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("longer") / "dataset"
    make_dataset([], [edition(form=FORM)], folder)
    return read_dataset(folder)


def page(dataset: Dataset, folder: Path, form: ExportFormat = ExportFormat.CSV, language: str = "en") -> str:
    export_dataset(dataset, form, folder, language=language)
    return (folder / "practice-codebook.html").read_text("utf-8")


def words(text: str) -> str:
    return " ".join("".join(html.fromstring(text).itertext()).split())


@pytest.mark.parametrize("form", ExportFormat)
def test_page_names_every_variable_and_every_answer_of_every_file(
    dataset: Dataset, tmp_path: Path, form: ExportFormat
) -> None:
    text = page(dataset, tmp_path / "out", form)
    codes = set(html.fromstring(text).xpath("//code/text()"))
    rows = list(csv.DictReader((tmp_path / "out" / "practice-codebook.csv").read_text("utf-8").splitlines()))
    assert {row["variable"] for row in rows} - codes == set()
    assert {row["file"] for row in rows} - codes == set()
    assert [label for label in {row["meaning"] for row in rows if row["column"] == "told"} if label not in text] == []
    assert f"<dd><code>{form}</code></dd>" in text


def test_page_has_no_script_and_loads_nothing(dataset: Dataset, tmp_path: Path) -> None:
    text = page(dataset, tmp_path / "out")
    assert re.search(r"<script|\son[a-z]+=|src=|<link|url\(|@import|https?://", text) is None
    assert "default-src 'none'" in text
    assert {link for link in html.fromstring(text).xpath("//a/@href") if not link.startswith("#")} == set()
    places = html.fromstring(text).xpath("//@id")
    assert len(places) == len(set(places))
    assert {link[1:] for link in html.fromstring(text).xpath("//a/@href")} <= set(places)


def test_page_says_that_the_answers_are_secret_and_how_to_count(dataset: Dataset, tmp_path: Path) -> None:
    said = words(page(dataset, tmp_path / "out"))
    assert "Practice. People who do not exist gave these answers." in said
    assert "The answers beside this page are secret." in said
    assert "not for publication" in said
    assert "it names the rules that exclude it: empty." in said


def test_page_is_the_same_whatever_people_answered(dataset: Dataset, tmp_path: Path) -> None:
    """So it has no count: it may go to whoever may read the questionnaire."""
    other = answered_dataset(tmp_path, people=31, seed=8)
    assert other.info.responses != dataset.info.responses
    pages = [page(each, tmp_path / each.info.version).replace(each.info.version, "") for each in (dataset, other)]
    assert pages[0] == pages[1]


def test_words_of_another_language_are_marked_and_kuules_own_are_english(dataset: Dataset, tmp_path: Path) -> None:
    tree = html.fromstring(page(dataset, tmp_path / "out", ExportFormat.SAV, "ar"))
    assert tree.get("lang") == "en"
    answers = [bdi.text for bdi in tree.xpath("//td/bdi[@lang='ar' and @dir='rtl']")]
    assert "نعم" in answers
    assert tree.xpath("//h1/bdi[@lang='ar']/text()") == ["صوتنا"]


def test_texts_of_a_study_are_no_markup(longer: Dataset, tmp_path: Path) -> None:
    text = page(longer, tmp_path / "out")
    assert "Had you &lt;b&gt;told&lt;/b&gt; &amp; said it?" in text


def test_long_list_stands_once_and_is_named_where_it_is_asked_again(longer: Dataset, tmp_path: Path) -> None:
    text = page(longer, tmp_path / "out", ExportFormat.SAV)
    assert text.count("Land 07") == 1
    assert 'id="list-residence"' in text
    said = words(text)
    assert "The same answers and codes as residence" in said
    assert "Asked where residence = 'land_07'" in said


def test_question_with_a_variable_for_each_answer_says_what_is_in_them(longer: Dataset, tmp_path: Path) -> None:
    assert "Each is the place that the answer was given, from 1." in words(page(longer, tmp_path / "longer"))
    many = answered_dataset(tmp_path)
    assert "Each is true if it was chosen, and false if not." in words(page(many, tmp_path / "csv"))
    said = words(page(many, tmp_path / "sav", ExportFormat.SAV))
    assert "set who several answers Each is 1 if it was chosen, and 0 if not." in said


def test_real_answers_are_not_called_practice(tmp_path: Path) -> None:
    make_dataset([record({"told": "yes"})], [edition(rehearsal=False)], tmp_path / "dataset")
    found = read_dataset(tmp_path / "dataset")
    export_dataset(found, ExportFormat.CSV, tmp_path / "out", language="en")
    said = words((tmp_path / "out" / "codebook.html").read_text("utf-8"))
    assert "Practice." not in said
    assert "The answers beside this page are secret." in said


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (320, "light")])
def test_axe_finds_nothing_and_no_page_is_moved_sideways(
    chromium: ChromiumWindow, dataset: Dataset, longer: Dataset, tmp_path: Path, width: int, scheme: str
) -> None:
    chromium.as_if(prefers_color_scheme=scheme)
    chromium.page.set_viewport_size({"width": width, "height": 800})
    page(dataset, tmp_path / "ar", ExportFormat.SAV, "ar")
    page(longer, tmp_path / "en", ExportFormat.CSV)
    found = {}
    with served(tmp_path) as address:
        for folder in ("ar", "en"):
            chromium.open(f"{address}/{folder}/practice-codebook.html")
            wide = chromium.ask("document.documentElement.scrollWidth > innerWidth")
            found[folder] = [*axe.findings(chromium), *(["moved sideways"] if wide else [])]
    assert {name: said for name, said in found.items() if said} == {}
