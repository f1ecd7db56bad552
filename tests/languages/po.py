"""PO files for tests."""

from __future__ import annotations

from pathlib import Path

from kuule.languages.gettext.catalogue import po_bytes
from kuule.languages.workflow.entries import Catalogue


def write_po(path: Path, catalogue: Catalogue) -> None:
    path.write_bytes(po_bytes(catalogue))
