"""A simulated Nmbrs: the books of a payroll, the clerk's desk, and the SOAP services on top."""
