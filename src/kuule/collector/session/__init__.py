"""One respondent's visit, without HTTP: a posted form and the time go in, a reply comes out. Nothing is kept between
steps."""
