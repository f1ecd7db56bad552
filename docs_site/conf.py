"""What Sphinx is told. `python -m docs_site` runs it over the staged pages; nothing is fetched, and every warning stops
the build."""

from __future__ import annotations

from importlib import metadata as _metadata

project = "Kuule"
release = _metadata.version("kuule")  # of the environment that builds it, where Kuule is installed
html_title = "Kuule"
extensions = ["myst_parser", "docs_site.site_parts"]
source_suffix = {".md": "markdown"}
root_doc = "index"
language = "en"

myst_heading_anchors = 6
myst_links_external_new_tab = False

html_theme = "theme"
html_theme_path = ["."]
html_permalinks = False
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_domain_indices = False
html_last_updated_fmt = None
highlight_language = "none"
smartquotes = False
suppress_warnings = ["misc.highlighting_failure"]  # a command of psql is no SQL: colours alone are lost
