from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from kuule.core import extras
from kuule.core.extras import MissingExtraError
from kuule.core.problems import StudyError
from kuule.register.reading import register_folder
from kuule.study.check import check_folder
from kuule.study.edition.study_edition import read_edition
from kuule.study.folder.followed_register import followed_register_problems, read_report_rules
from kuule.study.folder.study_folder import read_study_folder
from kuule.study.freeze import freeze
from kuule.study.settings.study_toml import Study
from tests.collector.register_for_tests import FOLLOWS, make_following_edition, write_register
from tests.study.small_study import SETTINGS, make_edition, make_study, rehearsal_key


def codes(study: Path) -> list[tuple[str, str]]:
    found = check_folder(read_study_folder(study))
    return [(one.code, one.place) for one in found if one.place == "study.toml, help.register"]


def following(folder: Path, settings: str = FOLLOWS) -> Path:
    return make_study(folder / "study", settings=SETTINGS + settings)


def test_edition_has_the_rules_of_the_register_that_its_study_follows(tmp_path: Path) -> None:
    edition = make_following_edition(tmp_path)
    rules = edition.report_rules

    assert rules is not None
    assert {code: [one.id for one in known.rules] for code, known in rules.countries.items()} == {
        "BG": [],
        "FI": [],
        "SE": ["r1", "r2", "r3"],
    }
    assert read_edition(tmp_path / "edition").report_rules == rules
    assert json.loads((tmp_path / "edition" / "study.json").read_text())["help"]["register"] == "law"


def test_equal_folders_give_equal_editions(tmp_path: Path) -> None:
    one, other = make_following_edition(tmp_path / "one"), make_following_edition(tmp_path / "other")

    assert one.id == other.id


def test_study_without_a_register_has_no_file_and_no_setting_of_it(tmp_path: Path) -> None:
    edition = make_edition(tmp_path)

    assert edition.report_rules is None
    assert not (tmp_path / "edition" / "report-deadlines.json").exists()
    assert "register" not in json.loads((tmp_path / "edition" / "study.json").read_text())["help"]


def test_folder_without_a_register_is_refused(tmp_path: Path) -> None:
    study = following(tmp_path)

    assert codes(study) == [("STUDY_009", "study.toml, help.register")]
    with pytest.raises(StudyError) as raised:
        freeze(study, rehearsal_key().public, tmp_path / "edition", drafts=True)
    assert "STUDY_009" in [one.code for one in raised.value.problems]


def test_way_to_the_register_of_a_copied_study_is_told(tmp_path: Path) -> None:
    study = following(tmp_path)
    write_register(tmp_path / "law")
    for said, remedy in (
        ("../../law", "write '../law', the way from the study's folder"),
        ("../../laws", "write the way to it from the study's folder"),
    ):
        toml = study / "study.toml"
        toml.write_text(re.sub(r'register = ".*"', f'register = "{said}"', toml.read_text("utf-8")), "utf-8")
        [problem] = followed_register_problems(study, _settings(study))
        assert (problem.code, problem.remedy) == ("STUDY_009", remedy)


def test_register_that_cannot_be_read_is_refused_with_its_first_problem(tmp_path: Path) -> None:
    study = following(tmp_path)
    write_register(study / "law")
    (study / "law" / "register.yaml").write_text("id: a-register\n", "utf-8")

    assert codes(study) == [("STUDY_010", "study.toml, help.register")]
    with pytest.raises(StudyError, match=r"REGISTER|register.yaml"):
        read_report_rules(study, _settings(study))


def test_register_with_a_pipe_among_its_files_is_refused_with_its_problem(tmp_path: Path) -> None:
    study = following(tmp_path)
    write_register(study / "law")
    [file] = (study / "law" / "countries" / "SE").glob("*.yaml")
    file.unlink()
    os.mkfifo(file)

    assert codes(study) == [("STUDY_010", "study.toml, help.register")]
    with pytest.raises(StudyError, match="named pipe"):
        read_report_rules(study, _settings(study))


def test_register_that_does_not_ask_until_when_is_refused(tmp_path: Path) -> None:
    study = following(tmp_path)
    write_register(study / "law")
    shutil.rmtree(study / "law" / "provisions")
    (study / "law" / "provisions").mkdir()

    assert codes(study) == [("STUDY_010", "study.toml, help.register")]


@pytest.mark.parametrize("way", ["/etc", "C:\\law", "law/", "~/law", "a//b", "law/../../x", "https://example.org"])
def test_way_that_is_no_relative_one_is_refused(tmp_path: Path, way: str) -> None:
    study = following(tmp_path, f"\n[help]\nregister = {json.dumps(way)}\n")

    assert [one.code for one in read_study_folder(study).problems if "register" in one.place] == ["STUDY_105"]


def test_packages_that_are_missing_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = following(tmp_path)
    write_register(study / "law")
    monkeypatch.setitem(extras.EXTRA_MODULES, "register", ("no_such_module",))

    assert [code for code, _ in codes(study)] == ["CLI_040"]
    with pytest.raises(MissingExtraError):
        read_report_rules(study, _settings(study))


def test_register_saved_while_it_is_read_is_not_kept_for_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = following(tmp_path)
    write_register(study / "law")
    settings, file = _settings(study), study / "law" / "register.yaml"
    before = file.read_text("utf-8").replace("Somebody", "Somebody who reads slowly")
    read_at_once = register_folder.read_register

    def read_late(folder: Path) -> register_folder.RegisterFolder:
        file.write_text(before.replace("Somebody", "Somebody else"), "utf-8")
        return read_at_once(folder)

    file.write_text(before, "utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(register_folder, "read_register", read_late)
        read_report_rules(study, settings)
    file.write_text(before, "utf-8")
    rules = read_report_rules(study, settings)
    assert rules is not None
    assert rules.publisher == "Somebody who reads slowly"


def test_rules_that_were_changed_after_the_freeze_are_refused(tmp_path: Path) -> None:
    make_following_edition(tmp_path)
    file = tmp_path / "edition" / "report-deadlines.json"
    file.write_text(file.read_text().replace("25", "95"))

    with pytest.raises(StudyError) as raised:
        read_edition(tmp_path / "edition")
    assert [one.code for one in raised.value.problems] == ["EDITION_005"]


def _settings(study: Path) -> Study:
    settings = read_study_folder(study).settings
    assert settings is not None
    return settings
