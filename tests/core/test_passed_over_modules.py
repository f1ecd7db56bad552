"""A module that is passed over is not found in the block, and found after it."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from kuule.core.passed_over_modules import pass_over_module
from tests.patience import PATIENCE


def test_module_is_found_again_after_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # what runs tests may have threads of its own
    monkeypatch.delitem(sys.modules, "tabnanny", raising=False)
    with pass_over_module("tabnanny"), pytest.raises(ImportError):
        __import__("tabnanny")
    assert __import__("tabnanny")


def test_module_that_is_loaded_stays() -> None:
    with pass_over_module("sys"):
        assert __import__("sys") is sys


def test_nothing_is_hidden_from_another_thread() -> None:
    go_on = threading.Event()
    other = threading.Thread(target=go_on.wait, args=(PATIENCE,))
    other.start()
    try:
        with pass_over_module("nturl2path"):
            assert __import__("nturl2path")
    finally:
        go_on.set()
        other.join()


def test_converter_takes_no_numpy_with_it() -> None:
    """openpyxl, which pyxform imports, takes NumPy where it finds it: a third of the time that both take to import."""
    code = (
        "import sys; from pathlib import Path; from kuule.forms.xlsform.converter import read_xlsform;"
        "form = read_xlsform(Path('studies/our-voice/form.md')); assert form.xform;"
        "assert 'openpyxl' in sys.modules; print('numpy' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert told.stdout == "False\n", told.stderr
