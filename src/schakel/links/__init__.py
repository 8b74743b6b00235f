"""To whom we are connected: payroll and carrier links, their rights, their health, their sealed credentials."""
