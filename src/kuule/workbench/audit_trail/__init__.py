"""The audit trail: entries that are only ever added, the page that shows them, and the signals of django-allauth
that write some of them."""
