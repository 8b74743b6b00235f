"""One benefit: its rules and its terms."""
