"""All acts of a project as one set: which are in force, what contradicts what, and how two copies become one."""
