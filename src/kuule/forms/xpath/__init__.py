"""The expression language of ODK XForms: XPath 1.0 and its function library, parsed and compiled by Kuule."""
