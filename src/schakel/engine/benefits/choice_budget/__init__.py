"""Individual choice budget."""
