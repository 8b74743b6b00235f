"""WIA excess: the wage above the WIA limit, and a supplement below it."""
