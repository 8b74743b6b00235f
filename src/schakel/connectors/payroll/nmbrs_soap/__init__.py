"""Visma Nmbrs over SOAP v3: the only place that knows of SOAP. What comes from where: docs/links/nmbrs.md."""
