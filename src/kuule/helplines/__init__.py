"""The directory of services that help, by country."""
