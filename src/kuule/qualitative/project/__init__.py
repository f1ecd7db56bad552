"""The project file: one SQLite file of sealed rows, opened with a passphrase and bound to a version of its dataset."""
