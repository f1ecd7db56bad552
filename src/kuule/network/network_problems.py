"""What can be wrong with what partners do together, as an exception that says how to mend it."""

from __future__ import annotations

from kuule.core.problems import KuuleError


class NetworkError(KuuleError):
    """A statement, a signature, a launch or the folder for the pages is not what it has to be."""
