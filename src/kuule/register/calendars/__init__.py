"""Actions of a register as iCalendar feeds that calendar programs subscribe to (RFC 5545, RFC 7986)."""
