"""What can be wrong with a kit, as an exception that says how to mend it."""

from __future__ import annotations

from kuule.core.problems import KuuleError


class KitError(KuuleError):
    """A kit cannot be made as it was asked for, and the problems say what to change."""
