"""The outside world: payroll sources and carrier channels. No Django, no database."""
