"""A part's file is written whole under its own name, and the comments at its top stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.register.data_model.codings import CodingFile
from kuule.register.reading.register_folder import file_name_of, read_register
from kuule.register.reading.yaml_documents import RegisterError
from kuule.register.writing.part_files import write_country_values, write_part
from tests.register.made_registers import made_file, made_provision, made_settings, made_standard, made_value


def test_a_register_that_was_written_is_read(tmp_path: Path) -> None:
    codings = [{"country": "FI", "provision": "limitation", "address": "https://example.org", "coded_on": "2026-10-01"}]
    parts = (
        made_settings(),
        made_provision(),
        made_standard(),
        made_file(made_value(), country="FI"),
        CodingFile.model_validate({"round": "first", "coder": "a", "codings": codings}),
    )
    names = [write_part(tmp_path, part).relative_to(tmp_path).as_posix() for part in parts]
    assert (
        names
        == [
            "register.yaml",
            "provisions/limitation.yaml",
            "standards/lanzarote.yaml",
            "countries/FI/limitation.yaml",
            "codings/first/a.yaml",
        ]
        == [file_name_of(part) for part in parts]
    )
    register = read_register(tmp_path).register
    assert (register.settings, register.values["FI", "limitation"], *register.codings) == (parts[0], parts[3], parts[4])


def test_comments_at_the_top_stay_and_others_are_lost(tmp_path: Path) -> None:
    path = write_country_values(tmp_path, made_file(made_value()))
    plain = path.read_text(encoding="utf-8")
    path.write_text("# who reads this\n# and why\n" + plain.replace("values:", "values:  # lost"), encoding="utf-8")
    write_country_values(tmp_path, made_file(made_value()))
    assert path.read_text(encoding="utf-8") == "# who reads this\n# and why\n" + plain


def test_a_file_that_is_too_large_is_refused_and_the_old_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_country_values(tmp_path, made_file(made_value()))
    before = path.read_bytes()
    monkeypatch.setattr("kuule.register.reading.yaml_documents.MAX_BYTES", 600)
    with pytest.raises(RegisterError) as raised:
        write_country_values(tmp_path, made_file(made_value(), made_value("v2")))
    assert raised.value.problems[0].code == "REGISTER_001"
    assert ([one.name for one in path.parent.iterdir()], path.read_bytes()) == (["limitation.yaml"], before)
