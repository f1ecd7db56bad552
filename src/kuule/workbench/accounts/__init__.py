"""How people join and sign in: invitations, the account page, second factors, and the names that others see."""
