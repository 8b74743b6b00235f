"""Leave days bought and sold."""
