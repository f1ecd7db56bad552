"""`make test-models`: the tests of models of names with the real libraries, which no other test has.

spaCy is installed from requirements/models.txt, with its hashes, into .venv-models beside .venv: 200 MB. GLiNER brings
PyTorch and a gigabyte; give a folder that has it as MODELS: `pip install --target FOLDER gliner`, then
`make test-models MODELS=FOLDER`. Exit codes: those of pytest, 2 wrong use.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import environment
import locks
from words import SetupStop, say

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ".venv-models"
TESTS = ("tests/qualitative/identifiers/test_spacy_model.py", "tests/qualitative/identifiers/test_gliner_model.py")
_RUN = "import sys; sys.path += sys.argv[1].split(':'); import pytest; raise SystemExit(pytest.main(sys.argv[2:]))"


def main(arguments: list[str]) -> int:
    """Install spaCy if it is not there, and run the tests with it and with what is in other folders."""
    missing = [one for one in arguments if not Path(one).is_dir()]
    if missing:
        say(f"usage: python3 scripts/name_models.py [FOLDER]...; there is no folder {missing[0]}")
        return 2
    try:
        install(ROOT)
    except SetupStop as stop:
        say(str(stop))
        return 1
    python = str(ROOT / environment.USUAL / "bin" / "python")
    folders = ":".join([str(ROOT / FOLDER), *(str(Path(one).resolve()) for one in arguments)])
    command = [python, "-c", _RUN, folders, "-n", "0", "-q", "-rs", *TESTS]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def install(root: Path) -> None:
    """Put the locked packages into their folder, unless the very same are there. What the tests have anyway is not
    among them, so that nothing is there twice."""
    lock, folder = locks.path_of(root, locks.MODELS), root / FOLDER
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = folder / "kuule.txt"
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    if folder.exists():
        shutil.rmtree(folder)
    say(f"installing spaCy into {FOLDER}: downloads about 60 MB from the Python package index")
    python = str(root / environment.USUAL / "bin" / "python")
    command = [
        python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps",
        "--require-hashes", "--only-binary", ":all:", "--target", str(folder), "--requirement", str(lock),
    ]  # fmt: skip
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    if outcome.returncode != 0:
        raise SetupStop(*environment.explain(outcome.stdout + outcome.stderr))
    stamp.write_text(wanted, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
