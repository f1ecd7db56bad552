"""host.toml: what is read, what is refused, and its schema."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from kuule.core.problems import KuuleError
from kuule.deployment.host_schema import HOST_NOTES, host_schema
from kuule.deployment.host_settings import (
    BackupHost,
    CollectorHost,
    HostSettings,
    SiteName,
    WorkbenchHost,
    read_host_file,
)
from kuule.study.settings.setting_schema import settings_in
from tests.deploy.test_in_step import ROOT
from tests.deployment.small_host import BACKED_UP, BESIDE, BOTH, ONION_ONLY, PUBLIC, WORKBENCH

EVERYTHING = """\
study = "our-voice"
program = "/usr/bin/kuule"

[collector]
editions = ["/srv/kuule/first", "/srv/kuule/second"]
database = "postgresql://kuule@db.example.org/kuule?passfile=/run/credentials/kuule-collector.service/pgpass"
workers = 4
onion = true
database_machines = ["10.0.0.5"]

[collector.credentials]
pgpass = "/etc/kuule/pgpass"

[public]
name = "survey.example.net"
certificate = "/etc/ssl/own/chain.pem"
certificate_key = "/etc/ssl/own/key.pem"

[workbench]
name = "workbench.example.net"
study = "/srv/kuule/our-voice"
releases = true
survey = "https://survey.example.net"

[postgresql]
version = "17"

[backup]
seal_to = "/srv/kuule/own.public-key"
keep = 3
days = 10
at = "23:05"
"""


def read(tmp_path: Path, text: str) -> HostSettings:
    (tmp_path / "host.toml").write_text(text, "utf-8")
    return read_host_file(tmp_path / "host.toml")


def refusals(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(KuuleError) as refused:
        read(tmp_path, text)
    return [f"{problem.code} {problem.place}" for problem in refused.value.problems]


def test_everything_that_can_be_said_is_read(tmp_path: Path) -> None:
    collector = CollectorHost(
        editions=("/srv/kuule/first", "/srv/kuule/second"),
        database="postgresql://kuule@db.example.org/kuule?passfile=/run/credentials/kuule-collector.service/pgpass",
        workers=4,
        practice=False,
        onion=True,
        credentials={"pgpass": "/etc/kuule/pgpass"},
        database_machines=("10.0.0.5",),
    )
    site = SiteName("workbench.example.net", "/etc/ssl/workbench/fullchain.pem", "/etc/ssl/workbench/privkey.pem")
    assert read(tmp_path, EVERYTHING) == HostSettings(
        study="our-voice",
        program="/usr/bin/kuule",
        collector=collector,
        public=SiteName("survey.example.net", "/etc/ssl/own/chain.pem", "/etc/ssl/own/key.pem"),
        workbench=WorkbenchHost(site, "/srv/kuule/our-voice", releases=True, survey="https://survey.example.net"),
        postgresql="17",
        backup=BackupHost("/srv/kuule/own.public-key", keep=3, days=10, at="23:05"),
    )


def test_little_has_to_be_said(tmp_path: Path) -> None:
    settings = read(tmp_path, PUBLIC)
    assert settings.collector == CollectorHost(
        ("/srv/kuule/edition",), "sqlite:////var/lib/kuule/answers.sqlite3", 2, True, False, {}, ()
    )
    assert settings.backup is None
    assert read(tmp_path, BACKED_UP).backup == BackupHost("/srv/kuule/backup.public-key", keep=2, days=15, at="02:30")
    assert (settings.is_onion_only, read(tmp_path, ONION_ONLY).is_onion_only) == (False, True)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('study = "small-study"\n', "collector"),
        ('study = "s"\n[public]\nname = "a.example"\n[workbench]\nname = "b.example"\n', "public"),
        ('study = "s"\n[collector]\n', "collector"),
        (ONION_ONLY + '[workbench]\nname = "b.example"\n', "workbench"),
        (BOTH.replace("workbench.example.net", "survey.example.net"), "workbench.name"),
        (PUBLIC.replace("[public]", 'database = "sqlite:////srv/a.sqlite3"\n[public]'), "collector.database"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(tmp_path: Path, text: str, place: str) -> None:
    assert refusals(tmp_path, text) == [f"DEPLOY_002 host.toml, {place}"]


FAULTS = [
    ("study", PUBLIC.replace('"small-study"', '"Small; rm"')),
    ("program", PUBLIC.replace("/opt", "opt")),
    ("public.name", PUBLIC.replace("survey.example.net", "survey.example.net; deny all")),
    ("public.name", PUBLIC.replace("survey.example.net", "localhost")),
    ("public.nmae", PUBLIC.replace("[public]\n", '[public]\nnmae = "x"\n')),
    ("collector.workers", PUBLIC.replace("practice = true", "workers = 0")),
    ("collector.database", PUBLIC.replace("practice = true", 'database = "sqlite:///x y"')),
    ("collector.database", PUBLIC.replace("practice = true", 'database = "sqlite:///$(x)"')),
    ("collector.credentials.pg", PUBLIC.replace("[public]", '[collector.credentials]\npg = "x"\n[public]')),
    ("workbench.survey", WORKBENCH + 'survey = "http://survey.example.net"\n'),
    ("backup.at", BACKED_UP + 'at = "2:30"\n'),
    ("backup.days", BACKED_UP + "days = 0\n"),
    ("backup.seal_to", BACKED_UP + 'seal_to = "/srv/kuule/a key"\n'),
    ("postgresql.version", PUBLIC + "[postgresql]\nversion = 17\n"),
]


@pytest.mark.parametrize(("place", "text"), FAULTS)
def test_what_would_mean_something_else_to_another_program_is_refused(tmp_path: Path, place: str, text: str) -> None:
    [said] = refusals(tmp_path, text)
    assert (said.split(" ", 1)[1], said[:7]) == (f"host.toml, {place}", "STUDY_1")
    assert list(Draft202012Validator(host_schema()).iter_errors(tomllib.loads(text))) != []


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("editions", '["/srv/a b"]', "collector.editions.1"),
        ("database_machines", '["db"]', "collector.database_machines"),
    ],
)
def test_each_of_a_list_is_looked_at(tmp_path: Path, key: str, value: str, place: str) -> None:
    text = PUBLIC.replace("practice = true", f"{key} = {value}")
    assert refusals(tmp_path, text) == [f"STUDY_105 host.toml, {place}"]


@pytest.mark.parametrize("content", [b"study = ", b"\xff\xfe", None])
def test_file_that_cannot_be_read_is_said(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "host.toml").write_bytes(content)
    with pytest.raises(KuuleError) as refused:
        read_host_file(tmp_path / "host.toml")
    assert [problem.code for problem in refused.value.problems] == ["DEPLOY_001"]


def test_schema_that_is_published_is_that_of_the_reader_and_takes_what_it_takes() -> None:
    published = ROOT / "docs" / "reference" / "schemas" / "host.schema.json"
    assert json.loads(published.read_text("utf-8")) == host_schema(), "kuule schema host > it"
    for text in (EVERYTHING, PUBLIC, BOTH, BACKED_UP, BESIDE, ONION_ONLY, WORKBENCH):
        assert list(Draft202012Validator(host_schema()).iter_errors(tomllib.loads(text))) == []


def test_every_setting_has_a_note_and_its_place_in_the_reference() -> None:
    assert set(settings_in(host_schema())) == set(HOST_NOTES)
    page = (ROOT / "docs" / "reference" / "host.md").read_text("utf-8")
    assert [name for name in HOST_NOTES if f"`{name.rpartition('.')[2]}`" not in page and "*" not in name] == []
