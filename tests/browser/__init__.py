"""The portal in a real browser; a package, so that what it shares ends with its last test."""
