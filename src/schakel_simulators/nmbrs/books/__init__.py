"""The books of the simulated payroll: what is known of everybody, and what a clerk can do to it."""
