"""The kit by which partners spread a survey."""
