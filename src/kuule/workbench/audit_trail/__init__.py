"""The audit trail: entries that are added and never changed, the page that shows them, and the signals of
django-allauth that cause some of them."""
