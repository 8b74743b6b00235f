"""What is known of employees: dated facts, never overwritten, with the place each came from."""
