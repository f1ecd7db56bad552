"""The numbers of the formats in which a register is passed on, apart from its shapes, which need Pydantic."""

from __future__ import annotations

REGISTER_JSON_VERSION = 1
"""Of the register as JSON (`open_data.register_json`)."""
BUILT_PAGES_FORMAT = 1
"""Of the list of files that a site was built of (`site.built_pages`)."""
