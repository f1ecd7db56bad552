"""The expression language of ODK XForms: XPath 1.0 and the function library, parsed and compiled by us."""
