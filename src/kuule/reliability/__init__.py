"""How far those who coded the same things came to the same values: alpha and kappa, from values alone."""
