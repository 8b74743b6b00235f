"""Travel allowance by the kilometre."""
