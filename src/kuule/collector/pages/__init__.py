"""What is shown: an outcome of the conversation as a page, its questions drawn, the promise in words."""

from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
"""Of the respondent's site; the workbench's desk draws its pages with them too."""
