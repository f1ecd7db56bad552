"""A register's folder, whole: what lies where, and everything that is wrong with any file at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kuule.core.problems import StudyError
from kuule.register.reading.register_folder import read_register, read_register_settings, register_digest
from kuule.register.reading.yaml_documents import RegisterError
from kuule.register.writing.part_files import write_part
from tests.register.made_registers import made_file, made_provision, made_settings, made_standard, made_value
from tests.special_files import SPECIAL_FILES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part in (made_settings(), made_provision(), made_standard(), made_file(made_value())):
        write_part(tmp_path, part)
    return tmp_path


def problems(folder: Path) -> list[str]:
    with pytest.raises(RegisterError) as raised:
        read_register(folder)
    return [f"{one.code} {one.place}: {one.cause}" for one in raised.value.problems]


def test_a_register_is_read_whole(folder: Path) -> None:
    read = read_register(folder)
    assert list(read.register.values) == [("FI", "limitation")]
    assert sorted(read.documents) == [
        "countries/FI/limitation.yaml",
        "provisions/limitation.yaml",
        "register.yaml",
        "standards/lanzarote.yaml",
    ]
    assert list(read.register.of_country("FI")) == list(read.register.provisions) == ["limitation"]
    assert list(read.register.of_provision("limitation")) == ["FI"]


def test_settings_are_read_without_the_parts(folder: Path) -> None:
    (folder / "provisions" / "limitation.yaml").write_text("a: [")
    assert read_register_settings(folder) == made_settings()
    (folder / "register.yaml").unlink()
    with pytest.raises(RegisterError, match=r"REGISTER_001 register\.yaml: it cannot be read: No such file"):
        read_register_settings(folder)


def test_there_is_no_register(tmp_path: Path) -> None:
    assert problems(tmp_path) == [f"REGISTER_005 {tmp_path}: there is no register.yaml"]


@pytest.mark.parametrize("kind", SPECIAL_FILES)
@pytest.mark.parametrize("name", ["countries/FI/limitation.yaml", "register.yaml"])
def test_what_is_no_ordinary_file_is_said(folder: Path, name: str, kind: str) -> None:
    """A pipe among the files was passed over, and the country had no law."""
    make, said = SPECIAL_FILES[kind]
    (folder / name).unlink()
    make(folder / name)
    (problem,) = problems(folder)
    assert problem.startswith(f"REGISTER_001 {name}: ")
    assert said in problem
    if name == "register.yaml":
        with pytest.raises(RegisterError, match=f"REGISTER_001 {name}: .*{said}"):
            read_register_settings(folder)
    with pytest.raises(StudyError, match="STUDY_013"):
        register_digest(folder)


@pytest.mark.parametrize("name", ["countries/FI/notes", "limitation.yaml"])
def test_pipe_that_belongs_nowhere_is_said(folder: Path, name: str) -> None:
    os.mkfifo(folder / name)
    assert problems(folder) == [f"REGISTER_005 {name}: a register has no such file"]


def test_the_other_ending_of_yaml_is_known(folder: Path) -> None:
    (folder / "provisions" / "limitation.yml").write_text("a: 1")
    with pytest.raises(RegisterError) as raised:
        read_register(folder)
    assert [one.remedy for one in raised.value.problems] == ["call it provisions/limitation.yaml"]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("countrys/FI/limitation.yaml", "REGISTER_005 countrys/FI/limitation.yaml: a register has no such file"),
        ("countries/limitation.yaml", "REGISTER_005 countries/limitation.yaml: a register has no such file"),
        ("provisions/limitation.yml", "REGISTER_005 provisions/limitation.yml: a register has no such file"),
    ],
)
def test_a_file_belongs_somewhere(folder: Path, name: str, problem: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("a: 1")
    assert problems(folder) == [problem]


def test_what_is_no_file_does_not_make_a_country_open(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each was passed over, and what the law of Finland says was taken for what nobody has read."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "FI"
    (folder / "countries" / "FI").rename(elsewhere)
    (folder / "countries" / "FI").symlink_to(elsewhere)
    assert problems(folder) == ["REGISTER_005 countries/FI: it is a link to a folder, which a register does not follow"]
    (folder / "countries" / "FI").unlink()
    (folder / "countries" / "FI").mkdir()
    law = folder / "countries" / "FI" / "limitation.yaml"
    law.symlink_to("/nowhere")
    assert problems(folder) == [
        "REGISTER_001 countries/FI/limitation.yaml: it is a link, and nothing is where it leads"
    ]
    law.unlink()
    os.mkfifo(law)
    assert problems(folder) == ["REGISTER_001 countries/FI/limitation.yaml: it is a named pipe, and no ordinary file"]


@pytest.mark.parametrize(
    "name", ["README.md", "LICENSE", "languages/fi.po", "sources/table.csv", ".git/x", "countries/FI/.a.yaml.new"]
)
def test_what_else_may_lie_there(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("a: 1")
    assert list(read_register(folder).register.values) == [("FI", "limitation")]


def test_a_file_says_what_its_name_says(folder: Path) -> None:
    (folder / "countries" / "SE").mkdir()
    (folder / "countries" / "FI" / "limitation.yaml").rename(folder / "countries" / "SE" / "civil.yaml")
    assert problems(folder) == [
        "REGISTER_005 countries/SE/civil.yaml, line 1, country: country is FI, and the file's name says SE",
        "REGISTER_005 countries/SE/civil.yaml, line 2, provision: provision is limitation,"
        " and the file's name says civil",
    ]


def test_the_problems_of_all_files_come_together(folder: Path) -> None:
    (folder / "standards" / "lanzarote.yaml").write_text("a: [")
    (folder / "provisions" / "limitation.yaml").write_text("")
    (folder / "countries" / "FI" / "limitation.yaml").unlink()
    (folder / "countries" / "FI" / "limitation.yaml").mkdir()
    assert problems(folder) == [
        "REGISTER_001 provisions/limitation.yaml, line 1: the file is empty",
        "REGISTER_001 standards/lanzarote.yaml, line 2: this is not YAML: did not find expected node content",
    ]
