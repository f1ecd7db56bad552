"""What all other packages of kuule.forms use: compiled questions, groups and repeats, texts with their keys, choices
and paths. Data only."""
