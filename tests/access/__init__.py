"""Whether everybody can use the pages: each one, in each state, as it came from the site, in real browsers, script off.

`states` and `forms` go to the pages in process, `hall` shows them to a browser byte by byte, `windows` looks at them
from outside the page's own rules, `statement` makes docs/accessibility.md of what tests are marked to show.
"""
