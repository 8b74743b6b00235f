"""Whose data this is: tenants, employers, members, and the two walls between tenants."""
