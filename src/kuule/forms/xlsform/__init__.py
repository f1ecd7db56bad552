"""The questionnaire as its author writes it (form.xlsx, form.md) to an XForm. Alone in kuule.forms it knows pyxform."""
