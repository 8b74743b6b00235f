"""The carrier format `schakel-json/1`: JSON over HTTPS, described in docs/links/carrier-interface.md."""
