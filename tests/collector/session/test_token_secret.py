"""Where the token secret comes from, and from where it is not taken."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kuule.collector.session.token_secret import load_token_secret
from kuule.core.problems import KeyMaterialError
from tests.patience import PATIENCE

SECRET = bytes(range(32))
OTHER = bytes(range(32, 64))


def kept(path: Path, content: bytes = SECRET, mode: int = 0o600) -> Path:
    path.write_bytes(content)
    path.chmod(mode)
    return path


def code_of(given: Path | None, memory: Path, **environment: str) -> str:
    with pytest.raises(KeyMaterialError) as raised:
        load_token_secret(given, environment=environment, memory=memory)
    return raised.value.problems[0].code


def test_secret_of_the_service_manager_comes_first(tmp_path: Path) -> None:
    kept(tmp_path / "kuule-token-secret", SECRET, 0o440)
    given = kept(tmp_path / "given", OTHER)
    assert load_token_secret(given, environment={"CREDENTIALS_DIRECTORY": str(tmp_path)}, memory=tmp_path) == SECRET


def test_secret_that_is_given_comes_before_the_one_in_memory(tmp_path: Path) -> None:
    given = kept(tmp_path / "given", OTHER)
    environment = {"CREDENTIALS_DIRECTORY": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    assert load_token_secret(given, environment=environment, memory=tmp_path) == OTHER
    assert [file.name for file in tmp_path.iterdir()] == ["given"]


def test_secret_in_memory_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first, again = (load_token_secret(None, environment={}, memory=tmp_path) for _ in range(2))
    (file,) = tmp_path.iterdir()
    assert (first == again, len(first), file.name) == (True, 32, f"kuule-token-secret-{os.getuid()}")
    assert (stat.S_IMODE(file.stat().st_mode), file.read_bytes()) == (0o600, first)


def test_secret_of_the_session_is_kept_in_its_own_folder(tmp_path: Path) -> None:
    secret = load_token_secret(None, environment={"XDG_RUNTIME_DIR": str(tmp_path)}, memory=Path("/nowhere"))
    assert (tmp_path / "kuule-token-secret").read_bytes() == secret


def test_secret_made_by_many_workers_at_once_is_one(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from kuule.collector.session.token_secret import load_token_secret\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "print(load_token_secret(None, environment={}, memory=Path(sys.argv[1])).hex())"
    )
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    secrets = {worker.communicate(timeout=PATIENCE)[0] for worker in workers}
    (file,) = tmp_path.iterdir()
    assert secrets == {file.read_bytes().hex() + "\n"}


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o601, 0o644, 0o666])
def test_secret_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    assert code_of(kept(tmp_path / "given", SECRET, mode), tmp_path) == "KEY_021"


def test_secret_in_memory_that_a_group_can_read_is_refused(tmp_path: Path) -> None:
    kept(tmp_path / f"kuule-token-secret-{os.getuid()}", SECRET, 0o640)
    assert code_of(None, tmp_path) == "KEY_021"


@pytest.mark.parametrize("content", [b"", SECRET[:-1], SECRET + b"\n"])
def test_secret_of_another_length_is_refused(tmp_path: Path, content: bytes) -> None:
    assert code_of(kept(tmp_path / "given", content), tmp_path) == "KEY_022"


def test_secret_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    assert (code_of(tmp_path / "given", tmp_path), list(tmp_path.iterdir())) == ("KEY_020", [])


def test_secret_in_memory_behind_a_link_is_refused(tmp_path: Path) -> None:
    kept(tmp_path / "elsewhere")
    (tmp_path / f"kuule-token-secret-{os.getuid()}").symlink_to(tmp_path / "elsewhere")
    assert code_of(None, tmp_path) == "KEY_020"


def test_secret_in_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "given", 0o600)
    assert code_of(tmp_path / "given", tmp_path) == "KEY_021"


def test_secret_where_there_is_no_memory_file_system_is_told(tmp_path: Path) -> None:
    assert code_of(None, tmp_path / "nowhere") == "KEY_023"


def test_secret_on_a_full_file_system_is_told_and_leaves_no_draft(tmp_path: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from kuule.collector.session.token_secret import load_token_secret\n"
        "from kuule.core.problems import KeyMaterialError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))\n"
        "try: load_token_secret(None, environment={}, memory=Path(sys.argv[1]))\n"
        "except KeyMaterialError as error: sys.stderr.write(error.problems[0].code)"
    )
    run = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (run.stderr, list(tmp_path.iterdir())) == ("KEY_020", [])


def test_secret_is_not_in_what_is_told(tmp_path: Path) -> None:
    given = kept(tmp_path / "given", b"marker-secret-of-thirty-two-bytes" * 2)
    with pytest.raises(KeyMaterialError) as raised:
        load_token_secret(given, environment={}, memory=tmp_path)
    assert "marker" not in str(raised.value)
