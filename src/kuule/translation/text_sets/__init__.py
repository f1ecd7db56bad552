"""Texts that are translated together: those of a study, Kuule's own words in a study, or Kuule's own catalogues."""
