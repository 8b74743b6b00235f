"""Work-related costs: free space and final levy."""
