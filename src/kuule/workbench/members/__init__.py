"""Who is in the study, in which role: inviting, changing and removing members."""
