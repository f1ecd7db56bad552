"""docs/reference/study.md against the code: every setting and every column is there, and nothing else."""

import re
from dataclasses import fields
from pathlib import Path

from kuule.helplines.service import ServiceKind
from kuule.helplines.service_rows import HIDING_COLUMNS, SERVICE_COLUMNS
from kuule.study.folder.partner_files import StudyPartner
from kuule.study.settings.study_toml import Audience, read_settings, table_from_settings
from tests.study.small_study import HELP, SETTINGS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "study.md").read_text("utf-8")
OWN_NAMES = {"SE", "survivor", "consent", "age", "region", "nordic", "elsewhere", "en", "sv", "ar", "first", "told"}
PUBLICATION = '\n[publication]\ncountry = "land"\nby_country = ["told"]\nby_language = ["told"]\n'
IDENTITY = '\n[identity.partners.first]\nname = "First"\nlogo = "first.png"\n'


def keys(table):
    """Every key of nested tables, without the names of a study's own choosing."""
    nested = [keys(value) for value in table.values() if isinstance(value, dict)]
    return set().union(
        {
            key
            for key, value in table.items()
            if not isinstance(value, dict) or key in {"members", "partners", "waivers"}
        },
        *nested,
    )


def rows(text):
    return set(re.findall(r"^\| `([a-z_]+)` \|", text, flags=re.MULTILINE))


def test_every_setting_is_in_the_reference(tmp_path):
    waiver = '[help.waivers.SE.survivor]\nreason = "none"\nby = "lead"\non = 2026-11-20\n'
    register = 'register = "../../registers/a-register"\n'
    ends = '[welcome]\nname = "A name"\n[after]\nresults_at = "https://example.org"\n'
    stripping = SETTINGS.replace("[answers]\n", '[answers]\nstrip = ["links"]\n', 1)
    later = '[counts]\nhelp_opened = true\n[pooled.told]\neditions = ["0123abcd"]\nwhy = "a comma"\n'
    leave = '[leave_to_quote.told]\nanswers = ["yes"]\ntexts = ["wish"]\n'
    field = "[field_period]\nopens = 2027-03-01\ncloses = 2028-02-29\n"
    field += '[field_period.soft_launch]\nlanguages = ["sv"]\ncap = 50\n'
    written = (stripping, HELP, register, waiver, ends, later, leave, field, PUBLICATION, IDENTITY)
    (tmp_path / "study.toml").write_text("".join(written), "utf-8")
    settings = keys(table_from_settings(read_settings(tmp_path))) - OWN_NAMES
    assert rows(PAGE.partition("## Partners")[0]) == settings


def test_every_setting_of_a_partner_is_in_the_reference():
    own = PAGE.partition("## Partners")[2].partition("## An example")[0]
    assert rows(own) == {one.name for one in fields(StudyPartner)} - {"code"}


def test_every_column_of_support_is_in_the_reference():
    assert rows(PAGE.partition("### support.csv")[2]) == {*SERVICE_COLUMNS, *HIDING_COLUMNS}


def test_every_audience_and_kind_of_service_is_in_the_reference():
    assert [word for word in [*Audience, *ServiceKind] if f"`{word}`" not in PAGE] == []
