"""Making the files of a release: report, public page and brief, each from the release alone, as it would go out.

Only the process that is started for it imports this: the process of the site knows nothing that publishes.
"""
