"""The image of a collector: small, nobody's, run on a root that is read-only, well when it says that it is."""

from __future__ import annotations

import importlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.frozen import our_voice_in
from tests.packaging.built import ROOT, cannot_build, package_of, wheel_of
from tests.packaging.image_run import ImageRun, missing, said_by
from tests.patience import PATIENCE, wait_until

MEGABYTES = 400
"""More than the image takes on a disk (349 in November 2026): one that has grown by a seventh is looked at."""
STORAGE = '[storage]\ndriver = "vfs"\ngraphroot = "{0}/graph"\nrunroot = "{0}/run"\n'


@pytest.fixture
def images(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("oci_image")


def test_package_of_everything_is_no_package_of_a_collector(
    images: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kuule_0.1.0-1_amd64.deb").touch()
    assert images.main([str(tmp_path / "kuule_0.1.0-1_amd64.deb")]) == 1
    assert "kuule_0.1.0-1_amd64.deb is no package of a collector" in capsys.readouterr().err


def test_image_starts_what_the_service_starts() -> None:
    unit = (ROOT / "deploy" / "systemd" / "kuule-collector.service").read_text("utf-8")
    recipe = (ROOT / "deploy" / "oci" / "Containerfile").read_text("utf-8")
    [started] = [line.split("=", 1)[1].split() for line in unit.splitlines() if line.startswith("ExecStart=")]
    [arguments] = [line.removeprefix("CMD ") for line in recipe.splitlines() if line.startswith("CMD ")]
    assert arguments == str(started[1:]).replace("'", '"')
    settings = [one for line in unit.splitlines() if line.startswith("Environment=") for one in line[12:].split()]
    assert [one for one in settings if f" {one}" not in recipe] == []


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ImageRun]:
    """The image, built from nothing, in a store of its own."""
    if why := cannot_build() or missing():
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("image")
    (folder / "storage.conf").write_text(STORAGE.format(folder), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTAINERS_STORAGE_CONF", str(folder / "storage.conf"))
        package = package_of(wheel_of("0.1.0", tmp_path_factory.mktemp("wheel")), folder, "collector")
        name = said_on_stderr("/usr/bin/python3", str(ROOT / "scripts" / "oci_image.py"), str(package))
        assert name == "localhost/kuule-collector:0.1.0-1"
        made = ImageRun(name, folder)
        yield made
        made.let_go()
        shutil.rmtree(folder / "graph")


def said_on_stderr(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr.strip()


@pytest.mark.whole
def test_image_is_small_and_has_nothing_that_it_does_not_need(run: ImageRun) -> None:
    assert run.settings["User"] == "10001:10001"
    size = int(said_by("du", "--summarize", "--block-size=1000000", str(run.root)).split()[0])
    assert size < MEGABYTES
    raised = said_by("find", str(run.root), "-xdev", "-type", "f", "-perm", "/6000")
    assert raised == ""
    assert [name for name in ("apt", "apt-get", "curl", "wget", "ssh") if (run.root / "usr/bin" / name).exists()] == []
    gone = ("root/.bash_history", "etc/machine-id", "etc/hostname", "var/log/dpkg.log", "kuule.deb")
    assert [name for name in gone if (run.root / name).exists()] == []


@pytest.mark.whole
def test_image_serves_on_a_root_that_is_read_only_and_says_that_it_is_well(run: ImageRun, tmp_path: Path) -> None:
    data, editions = tmp_path / "data", tmp_path / "editions"
    data.mkdir()
    shutil.chown(data, 10001, 10001)
    our_voice_in(editions / "edition")
    said_by("chmod", "--recursive", "a+rX", str(editions))
    before = said_by("find", str(run.root), "-xdev", "-printf", "%p %m %s %C@\\n")
    mounts = {editions: "/srv/kuule", data: "/var/lib/kuule"}
    database = ("--database", "sqlite:////var/lib/kuule/answers.sqlite3")
    said_by(*run.command("new", "database", "new", *database, mounts=mounts))
    serve = [*run.settings["Cmd"], "--rehearsal", "--drafts"]
    with (tmp_path / "said").open("w", encoding="utf-8") as said:
        served = subprocess.Popen(run.command("serve", *serve, mounts=mounts), stdout=said, stderr=said)
        health = run.settings["Healthcheck"]["Test"][1:]
        try:
            wait_until(
                lambda: served.poll() is not None or run.inside("serve", *health).returncode == 0,
                lambda: (tmp_path / "said").read_text("utf-8"),
            )
            assert served.poll() is None, (tmp_path / "said").read_text("utf-8")
            assert run.inside("serve", "/bin/sh", "-c", "id -u; echo x > /srv/x").stdout == "10001\n"
        finally:
            run.stop("serve")
            served.wait(PATIENCE)
    assert served.returncode == 0
    assert said_by("find", str(run.root), "-xdev", "-printf", "%p %m %s %C@\\n") == before
    assert {path.name.removesuffix("-journal") for path in data.iterdir()} == {"answers.sqlite3"}
