"""From a locked dataset to a release, from a release to who approved it, and to the report that is made of it alone."""
