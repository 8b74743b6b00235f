"""The SOAP side of the simulated Nmbrs: what goes over the wire, and nothing of how a payroll works."""
