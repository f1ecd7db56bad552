"""Suggestions of what might point at a person: rules and, where there is one, an offline model."""
