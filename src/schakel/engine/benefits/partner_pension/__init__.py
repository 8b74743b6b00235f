"""Partner pension on risk basis: what a partner gets when the employee dies before retiring."""
