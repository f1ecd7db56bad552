"""The DDI as a data archive reads it: who was asked, in which language a label is, which variables belong together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from kuule.dataset.exports.ddi import NAMESPACE
from kuule.dataset.exports.export import export_dataset
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.forms.record import Record
from kuule.study.settings.cleaning_settings import CleaningSettings
from kuule.tables.missing import Missing
from tests.dataset.small import edition
from tests.factories import make_dataset

FORM = """
| survey |                     |      |               |                                                   |
|        | type                | name | label         | relevant                                          |
|        | begin_group         | part | A part        |                                                   |
|        | select_one told     | told | Had you told? |                                                   |
|        | select_multiple who | who  | Who was it?   | ${told} = 'yes'                                   |
|        | rank told           | rank | In order?     | selected(${who}, 'family') and  ${told} != ''     |
|        | text                | wish | A wish?       |                                                   |
|        | end_group           |      |               |                                                   |
| choices |          |                   |                   |
|         | list_name | name              | label             |
|         | told      | yes               | Yes               |
|         | told      | no                | No                |
|         | told      | prefer_not_to_say | Prefer not to say |
|         | who       | family            | Family            |
|         | who       | stranger          | Stranger          |
"""
SPACE = {"d": NAMESPACE}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> etree._ElementTree:
    return made(tmp_path_factory.mktemp("ddi"), minimum_age=18)


def made(folder: Path, *, minimum_age: int) -> etree._ElementTree:
    asked = edition(form=FORM)
    cleaning = CleaningSettings(empty=True, doubles_from=30)
    asked = replace(asked, study=replace(asked.study, cleaning=cleaning, minimum_age=minimum_age))
    missing = {f"/data/part/{name}": Missing.NOT_ASKED for name in ("who", "rank", "wish")}
    person = Record("our-voice", f"{1:064x}", "en", "", "2026-W48", {"/data/part/told": "no"}, missing)
    make_dataset([person], [asked], folder / "dataset")
    export_dataset(read_dataset(folder / "dataset"), ExportFormat.DDI, folder / "out", language="en")
    return etree.parse(Path(folder / "out" / "practice-codebook.xml"))


def said(book: etree._ElementTree, path: str) -> list[str]:
    return [str(found) for found in book.xpath(path, namespaces=SPACE)]


def test_who_was_asked_is_said_in_names_and_codes_that_the_codebook_has(book) -> None:
    universe = "//d:var[@name='{}']/d:universe/text()"
    assert said(book, universe.format("who_family")) == ["Asked where told = 'yes'"]
    assert said(book, universe.format("rank_no")) == ["Asked where selected( who , 'family') and told != ''"]
    assert said(book, universe.format("told")) == []
    assert said(book, "//d:var[@name='told']/d:catgry[not(@missing)]/d:txt/text()") == ["yes", "no"]
    assert said(book, "//d:varGrp/@name") == ["who", "rank"]


@pytest.mark.parametrize(
    ("minimum_age", "who"), [(18, "People of 18 years or more who chose to answer"), (0, "People who chose to answer")]
)
def test_who_the_study_is_of_has_an_age_where_there_is_one(tmp_path: Path, minimum_age: int, who: str) -> None:
    assert said(made(tmp_path, minimum_age=minimum_age), "//d:sumDscr/d:universe/text()") == [who]


def test_a_label_is_in_the_language_that_it_says(book) -> None:
    tags = "//d:var[@name='{}']{}/d:labl/@xml:lang"
    assert said(book, tags.format("told", "/d:catgry[d:txt='yes']")) == ["en", "ar"]
    assert said(book, tags.format("told", "/d:catgry[d:txt='prefer_not_to_say']")) == ["en", "ar"]
    assert said(book, tags.format("told", "/d:catgry[d:txt='not_asked']")) == ["en"]
    assert said(book, tags.format("who_family", "/d:catgry[d:catValu='1']")) == ["en"]
    assert said(book, tags.format("wish_missing", "")) == ["en"]
    assert said(book, tags.format("week", "")) == ["en"]


def test_variables_of_a_section_and_of_one_question_stand_together(book) -> None:
    ids = {name: said(book, f"//d:var[@name='{name}']/@ID")[0] for name in said(book, "//d:var/@name")}
    groups = {(group.get("type"), group.get("name")): group.get("var") for group in book.iter(f"{{{NAMESPACE}}}varGrp")}
    who, rank = f"{ids['who_family']} {ids['who_stranger']}", " ".join(ids[f"rank_{code}"] for code in ("yes", "no"))
    assert groups[("multipleResp", "who")] == who
    assert groups[("other", "rank")].startswith(rank)
    assert groups[("section", None)].startswith(f"{ids['told']} {who}")
    assert said(book, "//d:varGrp[@type='section']/d:labl/text()") == ["A part", "A part"]


def test_missing_values_kinds_of_values_and_cleaning_are_declared(book) -> None:
    assert said(book, "//d:var[@name='told']/d:invalrng/d:range/@min") == ["-6"]
    assert said(book, "//d:var[@name='told']/d:invalrng/d:range/@max") == ["-1"]
    assert said(book, "//d:var[@name='week']/d:invalrng") == []
    assert said(book, "//d:var[@name='told']/@nature") == ["ordinal"]
    assert said(book, "//d:var[@name='week']/@intrvl") == ["discrete"]
    assert said(book, "//d:cleanOps/text()") == [
        "No response is deleted. The variable cleaning names the rules that set one aside: empty, doubles."
    ]
