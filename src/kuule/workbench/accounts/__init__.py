"""How a person comes in and signs in: invitations, joining, the account page, second factors, the name that others
see."""
