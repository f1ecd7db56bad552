"""Until when something can be reported: rules on time limits as plain data, and what follows from them for a year."""
