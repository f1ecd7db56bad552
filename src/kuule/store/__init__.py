"""Django models and the only functions that touch the database. It keeps sealed responses and nothing else."""
