"""A study is checked and frozen in two processes as it is in one: the same problems with all that they say, in their
order, and the same files."""

from __future__ import annotations

import sys

import pytest

from tests.loaded.loaded_process import run_command

_COMPARED = """
import os, re, shutil, sys, warnings
from contextlib import nullcontext
from dataclasses import astuple
from pathlib import Path

from kuule.core import forked_task
from kuule.core.problems import StudyError
from kuule.opening.private_key import PrivateKey
from kuule.study.check import check_folder
from kuule.study.folder.study_folder import read_study_folder
from kuule.study.freeze import freeze

warnings.simplefilter("error")
forked_task.available_cpus = lambda: 2
forks, fork = [], os.fork
os.fork = lambda: forks.append(True) or fork()
place = Path(sys.argv[1])
key = PrivateKey.generate(bytes(32), rehearsal=True).public


def problems(study, *, forked):
    with forked_task.allow_forks() if forked else nullcontext():
        return [astuple(one) for one in check_folder(read_study_folder(study))]


def edition(study, to, *, forked):
    with forked_task.allow_forks() if forked else nullcontext():
        try:
            made = freeze(study, key, place / to, drafts=True)
        except StudyError as error:
            return [astuple(one) for one in error.problems]
    return made.id


def few_languages(study):
    '''The study that ships, in three of its languages: what is compared is the same, and takes a third of the time.'''
    shutil.copytree("studies/help-us-to-know", place / study)
    for file, of_others in (
        ("study.toml", r"(?m)^(?!en|fi|ar)\\S+ = \\{ leave_to.*\\n"),
        ("rehearsal.toml", r"(?ms)^\\[texts\\.(?!en|fi|ar).*?^\\]\\n|^\\[languages\\]\\n.*?\\n(?=\\n)"),
    ):
        text = (place / study / file).read_text("utf-8")
        (place / study / file).write_text(re.sub(of_others, "", text), "utf-8")
    for file in (place / study / "languages").iterdir():
        if file.stem not in ("fi", "ar"):
            file.unlink()
    return place / study


def spoil(study, file, old, new):
    few_languages(study)
    text = (place / study / file).read_text("utf-8")
    assert old in text
    (place / study / file).write_text(text.replace(old, new), "utf-8")
    return place / study


studies = {
    "few languages": few_languages("whole"),
    "texts": spoil("texts", "languages/fi.po", 'msgstr "', 'msgstr "12 https://example.org '),
    "types": spoil("types", "form.md", "select_multiple", "slect_multiple"),
}
for name, study in studies.items():
    assert problems(study, forked=True) == problems(study, forked=False), name
    one, two = (edition(study, f"{name} {forked}", forked=forked) for forked in (False, True))
    assert one == two, name
    assert isinstance(one, str) == (name == "few languages"), name
    print(name)
print("forked", len(forks) > 0)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how many threads a process has")
def test_two_processes_say_and_write_what_one_does(tmp_path):
    done = run_command([sys.executable, "-c", _COMPARED, str(tmp_path)], text=True)
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.splitlines() == ["few languages", "texts", "types", "forked True"]
