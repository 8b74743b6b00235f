"""Phone or laptop."""
