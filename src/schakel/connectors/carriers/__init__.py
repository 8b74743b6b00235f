"""One folder for each carrier format; they do not know each other."""
