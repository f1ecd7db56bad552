"""What two study folders have in common is found: between two audiences an error, otherwise a warning."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import Severity, StudyError
from kuule.opening.private_key import PrivateKey
from kuule.study.folder.key_record import DestroyedKey, append_destroyed_key
from kuule.usecases.authoring.apart_studies import read_study_traces, shared_traces
from kuule.usecases.authoring.check_study import check_study_folder
from tests.study.small_study import SETTINGS, make_edition, make_study

OURS, THEIRS = (PrivateKey.generate(bytes([number]) * 32, rehearsal=True) for number in (1, 2))
SHARED = {"STUDY_390", "STUDY_391", "STUDY_392", "STUDY_393"}


def study(folder: Path, name: str, audience: str, *, code: str = "a1", host: str = "example.org") -> Path:
    settings = SETTINGS.replace("small-study", name).replace('"survivors"', f'"{audience}"')
    more = f'\n[links.partners]\n{code} = "A partner"\n\n[after]\nresults_at = "https://{host}/results"\n'
    return make_study(folder / name, settings=settings + more, languages={}).resolve()


def found(*folders: Path) -> list[tuple[str, str, str]]:
    problems = shared_traces([read_study_traces(folder) for folder in folders])
    return [(problem.code, problem.severity.value, problem.cause) for problem in problems]


def test_studies_that_share_nothing_have_no_problem(tmp_path: Path) -> None:
    one = study(tmp_path, "one", "survivors")
    other = study(tmp_path, "other", "offenders", code="b2", host="results.example.net")
    (one / "one.public-key").write_text(OURS.public.to_text(), "utf-8")
    (other / "other.public-key").write_text(THEIRS.public.to_text(), "utf-8")
    assert found(one, other) == []


@pytest.mark.parametrize(("audience", "severity"), [("offenders", Severity.ERROR), ("survivors", Severity.WARNING)])
def test_code_and_host_in_common_are_named(tmp_path: Path, audience: str, severity: Severity) -> None:
    folders = study(tmp_path, "one", "survivors"), study(tmp_path, "other", audience)
    asked = "they ask offenders and survivors" if severity is Severity.ERROR else "both ask survivors"
    assert found(*folders) == [
        ("STUDY_392", severity.value, f"the link code a1 is that of both studies, and {asked}"),
        ("STUDY_393", severity.value, f"the host example.org is that of both studies, and {asked}"),
    ]


@pytest.mark.parametrize("secret", [False, True])
def test_key_in_common_is_found_in_whatever_file_it_is(tmp_path: Path, secret: bool) -> None:
    one = study(tmp_path, "one", "survivors")
    other = study(tmp_path, "other", "offenders", code="b2", host="example.net")
    (one / "keys").mkdir()
    (one / "keys" / "one.public-key").write_text(OURS.public.to_text(), "utf-8")
    text, name = (OURS.to_text(), "x.secret-key") if secret else (OURS.public.to_text(), "y.public-key")
    (other / name).write_text(text, "utf-8")
    [(code, severity, cause)] = found(one, other)
    assert (code, severity) == ("STUDY_391", "error")
    assert cause.startswith(f"the key {OURS.public.key_id.hex()} is that of both studies")


def test_key_of_an_edition_in_the_folder_and_one_that_was_destroyed_count(tmp_path: Path) -> None:
    one = study(tmp_path, "one", "survivors")
    other = study(tmp_path, "other", "offenders", code="b2", host="example.net")
    make_edition(one, key=OURS)
    append_destroyed_key(other, DestroyedKey(OURS.public.key_id.hex(), date(2026, 11, 1), "lead"))
    assert [code for code, *_ in found(one, other)] == ["STUDY_391"]


def test_every_pair_of_three_is_compared_and_a_folder_is_no_other_to_itself(tmp_path: Path) -> None:
    folders = [study(tmp_path, name, "offenders") for name in ("one", "other", "third")]
    assert len(found(*folders, *folders)) == 6


def test_copy_of_a_study_for_another_audience_keeps_everything(tmp_path: Path) -> None:
    one = study(tmp_path / "here", "one", "survivors")
    other = study(tmp_path / "there", "one", "offenders")
    for folder in (one, other):
        (folder / "one.public-key").write_text(OURS.public.to_text(), "utf-8")
    assert {code for code, *_ in found(one, other)} == SHARED


def test_check_counts_them_among_the_errors_of_a_study(tmp_path: Path) -> None:
    one, other = study(tmp_path, "one", "survivors"), study(tmp_path, "other", "offenders")
    today = date(2026, 11, 27)
    alone, beside = (check_study_folder(one, beside=others, today=today) for others in ((), (other,)))
    assert beside.errors == alone.errors + 2
    assert {problem.code for problem in beside.problems} - {problem.code for problem in alone.problems} == {
        "STUDY_392", "STUDY_393",
    }  # fmt: skip


def test_folder_beside_that_is_no_study_is_told(tmp_path: Path) -> None:
    one, none = study(tmp_path, "one", "survivors"), tmp_path / "noen"
    for beside, place in ((tmp_path, f"{tmp_path}: study.toml"), (none, str(none))):
        with pytest.raises(StudyError) as raised:
            check_study_folder(one, beside=(beside,), today=date(2026, 11, 27))
        assert [(problem.code, problem.place) for problem in raised.value.problems] == [("STUDY_101", place)]
