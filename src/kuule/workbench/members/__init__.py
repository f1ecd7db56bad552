"""Who works on the study, and in which role: inviting, changing and removing members."""
