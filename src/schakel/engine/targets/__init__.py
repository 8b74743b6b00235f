"""The same graph as a function for one employee and as a function for columns: the same cents."""
