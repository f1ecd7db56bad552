"""Tables as plain frozen data: what is requested, counted and released. Nothing here counts or publishes one."""
