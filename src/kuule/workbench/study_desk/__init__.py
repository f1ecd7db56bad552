"""The lead's desk: how far the study is, what is wrong in it, its questionnaire and a visit to it,
its texts, its editions, its print.

The files of the study are what counts; another process checks, compares, prints and freezes them."""
