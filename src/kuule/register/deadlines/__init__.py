"""Until when something can be reported: a register's values as plain rules, and a table of a country for paper."""
