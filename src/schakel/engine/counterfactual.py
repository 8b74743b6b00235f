"""The same question with one thing changed."""
