"""The partners' site: accounts, roles, counts and translations. Nothing here can read an answer."""
