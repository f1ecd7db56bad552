"""The directory of services that help, by country. It does not know who asks."""
