"""One folder for each payroll system; they do not know each other."""
