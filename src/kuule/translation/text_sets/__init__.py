"""What is translated together: a study's texts, the interface words of a study, or Kuule's own catalogues."""
