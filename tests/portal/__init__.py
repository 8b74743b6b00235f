"""The portal without a browser; a package, so that what it shares ends with its last test."""
