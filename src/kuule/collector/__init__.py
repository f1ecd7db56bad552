"""The respondent's site: no accounts, no sessions, no cookies, no script, nothing that can read what was sent."""
