"""Converts a questionnaire as its author writes it (form.xlsx, form.md) to an XForm. No other package of kuule.forms
knows pyxform."""
