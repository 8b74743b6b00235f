"""The payroll clerk's desk: the books over HTTP and on a small page, for people, tests and the demo."""

from schakel_simulators.nmbrs.desk.doors import desk_app

__all__ = ["desk_app"]
