"""Tables in memory: a response is taken as anywhere, and no file and no lock is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
from kuule.sealing.envelope import SealedResponse
from kuule.store.database import configure_in_memory
from kuule.store.rows.responses import save_response
from kuule.store.rows.visit_status import visit_status
configure_in_memory()
sealed = SealedResponse(row_id=7, key_id=bytes(16), envelope=bytes(2000))
print(save_response(sealed, bytes(16)).value, save_response(sealed, bytes(16)).value, visit_status(7).value)
"""


@pytest.mark.slow
def test_response_is_kept_in_memory_and_nowhere_else(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["new", "already", "sent"], "")
    assert list(tmp_path.iterdir()) == []
