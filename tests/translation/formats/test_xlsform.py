"""An XLSForm with every language goes through the field's own converter, and comes back with what people wrote."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from lxml import etree
from openpyxl import Workbook, load_workbook
from pyxform.xls2xform import convert

from kuule.core.problems import StudyError
from kuule.forms.xlsform.workbook import read_workbook
from kuule.languages.workflow.entries import text_hash
from kuule.study.folder.report_text import is_report_key, is_survey_key
from kuule.translation.formats.xlsform_export import export_xlsform
from kuule.translation.formats.xlsform_import import import_xlsform
from kuule.translation.formats.xlsform_workbook import MAX_CELL_LENGTH, text_in_cell
from kuule.translation.text_sets.study_text_set import StudyTextSet, read_study_texts
from tests.sampling import examples
from tests.study.small_study import FORM
from tests.translation.partner import AGE, TEXTS, TITLE, YES, study_in

XF = "{http://www.w3.org/2002/xforms}"
SV, AR = "svenska (sv)", "العربية (ar)"


@pytest.fixture
def texts(tmp_path):
    return read_study_texts(study_in(tmp_path))


def sent(tmp_path, texts: StudyTextSet, blank=False):
    path = tmp_path / "small.xlsx"
    path.write_bytes(export_xlsform(texts, texts.catalogues, blank=blank))
    return path


def with_text(texts: StudyTextSet, key, text, tag="sv"):
    entries = dict(texts.catalogues[tag].entries)
    entries[key] = replace(entries[key], text=text)
    return replace(texts, catalogues={**texts.catalogues, tag: replace(texts.catalogues[tag], entries=entries)})


def typed(path, sheet, row_name, column, text):
    """Type into the cell of a row that has `row_name` in any of its cells."""
    book = load_workbook(path)
    page = book[sheet]
    heading = [cell.value for cell in page[1]].index(column) + 1
    row = next(row for row in page.iter_rows() if row_name in [cell.value for cell in row])[0].row
    cell = page.cell(row, heading)
    cell.value = text
    cell.data_type = "s"
    book.save(path)


def test_converter_of_the_field_takes_it_with_every_language(tmp_path, texts):
    warnings: list[str] = []
    xform = convert(str(sent(tmp_path, texts)), warnings=warnings).xform
    root = etree.fromstring(xform.encode())
    found = {}
    for translation in root.iter(f"{XF}translation"):
        values = {text.get("id"): text.findtext(f"{XF}value") for text in translation}
        found[translation.get("lang")] = (values["/data/about/page_about/age_band:label"], values["yes_no-0"])
    assert found == {
        "English (en)": ("How old are you?", "Yes"),
        SV: ("sv: How old are you?", "sv: Yes"),
        AR: ("ar: How old are you?", "ar: Yes"),
    }
    countries = {
        translation.get("lang"): next(
            text.findtext(f"{XF}value") for text in translation if text.get("id") == "country-1"
        )
        for translation in root.iter(f"{XF}translation")
    }
    assert countries == {"English (en)": "Sweden", SV: "Sverige", AR: "السويد"}
    assert [warning for warning in warnings if "translation" in warning.lower()] == []


def test_columns_of_a_language_without_any_text_are_there(tmp_path):
    study = study_in(tmp_path, languages={})
    header = read_workbook(sent(tmp_path, read_study_texts(study))).sheets["survey"].header
    assert [name for name in header if name.startswith("label")] == [
        "label::English (en)",
        f"label::{SV}",
        f"label::{AR}",
    ]
    assert f"hint::{AR}" in header


def test_author_s_other_columns_stay_as_they_are(tmp_path, texts):
    rows = read_workbook(sent(tmp_path, texts)).rows("survey")
    own = read_workbook(texts.folder.parent / "form.md").rows("survey")
    plain = [{name: cell for name, cell in row.items() if "::" not in name} for row in rows]
    assert plain == [{name: cell for name, cell in row.items() if name not in ("label", "hint")} for row in own]


def test_untouched_file_comes_back_untouched_in_all_languages(tmp_path, texts):
    files = import_xlsform(sent(tmp_path, texts), texts)
    assert [file.language for file in files] == ["sv", "ar"]
    for file in files:
        assert {one.key: one.text for one in file.texts} == texts.catalogues[file.language].select(is_survey_key).texts
        assert {one.was_edited for one in file.texts} == {False}


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
@example(text="_x000D_")
@example(text="a_x005F_x0041_b")
def test_any_text_comes_back_as_a_cell_can_hold_it(tmp_path, texts, text):
    files = import_xlsform(sent(tmp_path, with_text(texts, AGE, text)), with_text(texts, AGE, text))
    given_texts = {one.key: one for one in files[0].texts}
    if text_in_cell(text) in ("", "-"):
        assert given_texts.get(AGE) is None or given_texts[AGE].text in ("", text)
        return
    assert (given_texts[AGE].text, given_texts[AGE].was_edited) == (text, False)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_any_text_that_is_typed_into_a_cell_is_given(tmp_path, texts, text):
    path = sent(tmp_path, texts)
    typed(path, "survey", "age_band", f"label::{SV}", text_in_cell(text))
    found = {one.key: one for one in import_xlsform(path, texts)[0].texts}
    if text_in_cell(text) and text_in_cell(text) != "-":
        assert (found[AGE].text, found[AGE].was_edited) == (text_in_cell(text), True)
        assert found[AGE].sent_hash == text_hash("sv: How old are you?")
    assert len([one for one in found.values() if one.was_edited]) <= 1


def test_texts_outside_the_questionnaire_have_a_sheet_of_their_own(tmp_path, texts):
    path = sent(tmp_path, texts)
    typed(path, "kuule_texts", TITLE, SV, "En liten studie")
    found = {one.key: one.text for one in import_xlsform(path, texts)[0].texts if one.was_edited}
    assert found == {TITLE: "En liten studie"}


def test_form_from_elsewhere_is_read_by_the_names_of_its_languages(tmp_path, texts):
    book = Workbook()
    survey = book.active
    survey.title = "survey"
    for row in (
        ["type", "name", "label", "label::Swedish", "label::ar", "media::image::Swedish"],
        ["begin_group", "about", "About you", "Om dig", "-", ""],
        ["text", "unknown", "Another?", "Annan?", "", "a.png"],
        ["end_group", "", "", "", "", ""],
    ):
        survey.append(row)
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", "label", "label::Swedish"])
    choices.append(["yes_no", "yes", "Yes", "Ja"])
    choices.append(["country", "SE", "Sweden", "Konungariket"])
    book.save(tmp_path / "kobo.xlsx")
    swedish, arabic = import_xlsform(tmp_path / "kobo.xlsx", texts)
    assert {one.key: (one.text, one.was_edited) for one in swedish.texts} == {
        "form:/data/about:label": ("Om dig", None),
        "form:/data/about/unknown:label": ("Annan?", None),
        YES: ("Ja", None),
    }
    assert [(one.key, one.text) for one in arabic.texts] == [("form:/data/about:label", "")]


@pytest.mark.parametrize(
    ("column", "said"),
    [("label::Finnish (fi)", "'Finnish (fi)'"), ("label::Klingon", "'Klingon'"), ("label::en", "none of its columns")],
)
def test_column_of_no_language_to_translate_into_is_refused(tmp_path, texts, column, said):
    form = f"| survey | | | |\n|---|---|---|---|\n| | type | name | {column} |\n| | text | x | Word |\n"
    (tmp_path / "form.md").write_text(form, "utf-8")
    with pytest.raises(StudyError) as raised:
        import_xlsform(tmp_path / "form.md", texts)
    assert [(one.code, said in one.cause) for one in raised.value.problems] == [("LANG_055", True)]


@pytest.mark.parametrize(
    ("column", "remedy"),
    [
        ("label::Finnish (fi)", 'add it to [languages] in study.toml, fi = { leave_to = "https://…" }'),
        ("label::suomi", 'add it to [languages] in study.toml, fi = { leave_to = "https://…" }'),
        ("label::Svneska", "did you mean 'svenska (sv)'?"),
        ("label::Svenska (se)", "did you mean 'svenska (sv)'?"),
        ("label::Klingon", 'write the tag behind its name, like "label::Svenska (sv)"'),
    ],
)
def test_what_is_advised_is_not_what_is_there_already(tmp_path, texts, column, remedy):
    form = f"| survey | | | |\n|---|---|---|---|\n| | type | name | {column} |\n| | text | x | Word |\n"
    (tmp_path / "form.md").write_text(form, "utf-8")
    with pytest.raises(StudyError) as raised:
        import_xlsform(tmp_path / "form.md", texts)
    assert [one.remedy.startswith(remedy) for one in raised.value.problems] == [True]


def test_file_that_is_no_workbook_is_refused(tmp_path, texts):
    (tmp_path / "broken.xlsx").write_bytes(sent(tmp_path, texts).read_bytes()[:2000])
    with pytest.raises(StudyError) as raised:
        import_xlsform(tmp_path / "broken.xlsx", texts)
    assert [one.code for one in raised.value.problems] == ["FORM_032"]


def test_text_that_no_cell_can_hold_is_refused_and_not_cut(texts):
    long = with_text(texts, AGE, "a" * (MAX_CELL_LENGTH + 1))
    with pytest.raises(StudyError) as raised:
        export_xlsform(long, long.catalogues, blank=False)
    assert [(one.code, one.place) for one in raised.value.problems] == [("LANG_059", f"survey, row 13, label::{SV}")]


def test_outputs_stay_as_the_author_wrote_them(tmp_path):
    form = FORM.replace("| note_happened | The next page", "| note_happened | You said ${years}. The next page")
    study = study_in(tmp_path, form=form)
    assert "sv: You said ${years}. The next page" in convert(
        str(sent(tmp_path, read_study_texts(study)))
    ).xform.replace('<output value=" /data/about/page_years/years "/>', "${years}")


def test_report_is_no_part_of_a_form(tmp_path, texts):
    book = load_workbook(sent(tmp_path, texts))
    keys = {cell.value for name in ("kuule_texts", "kuule_record") for [cell] in book[name].iter_rows(max_col=1)}
    assert [key for key in keys if is_report_key(str(key))] == []
    assert any(is_report_key(source.key) for source in texts.sources)
