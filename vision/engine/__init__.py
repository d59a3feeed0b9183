"""Where model files come from, and how they run."""
