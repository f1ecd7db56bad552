"""What is shown: a reply of the conversation as a page, its questions as HTML, the privacy promise in words."""

from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
"""The templates of the respondents' site. The workbench's translation desk renders its previews with them too."""
