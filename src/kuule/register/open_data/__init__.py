"""A register for other programs: tables, JSON, linked data, a Frictionless package."""
