"""Turns opened records into tables: each record is checked against its edition and becomes a row, or is listed with the
reason why not. Nothing is written to the disk."""
