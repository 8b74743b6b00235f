"""One folder for each benefit; they do not know each other."""
