"""What a check says of one text; the catalogue's checker adds the code and the place."""

from __future__ import annotations

from dataclasses import dataclass

from kuule.core.problems import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """Cause and remedy as in a Problem."""

    cause: str
    remedy: str
    severity: Severity = Severity.ERROR
