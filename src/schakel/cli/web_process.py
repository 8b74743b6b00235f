"""What each process behind `schakel serve` loads: the application, and an eye on the process that watches it."""

import multiprocessing
import os
import signal
import threading

from django.urls import resolve

from schakel.wsgi import application

__all__ = ["application"]

resolve("/healthz")  # loads every page now, so that the first visitor does not wait for it


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    """A killed parent cannot tell; its processes would answer for ever, and keep the port."""
    parent.join()
    os.kill(os.getpid(), signal.SIGKILL)


if (_parent := multiprocessing.parent_process()) is not None:
    threading.Thread(target=_end_with, args=[_parent], daemon=True).start()
