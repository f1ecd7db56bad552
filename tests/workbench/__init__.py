"""The partners' site, over the real server: accounts, roles, counts, links, the archive."""
