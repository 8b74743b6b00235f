"""The `schakel` command."""
