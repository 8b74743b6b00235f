"""To whom we are connected: links to payroll and carriers, their rights, health and sealed secrets."""
