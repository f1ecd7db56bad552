"""The documentation as a site: `make site` builds docs/ and what it links to into plain pages with a search.

Pages are read and linked here without Sphinx (`source_pages`, `navigation`, `staging`), so that their tests are quick;
`conf` and `site_parts` are what Sphinx is told.
"""
