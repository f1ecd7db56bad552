"""Translation memory: texts of one study that another has too, as a file for other programs and as first drafts."""
