"""`schakel serve`: the portal, by granian, in worker processes with a few threads each."""

import ipaddress
import multiprocessing
import os
import socket
import sys

import click

DEFAULT_PORT = 8470


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the portal until Ctrl-C.

    On the loopback address it speaks plain HTTP. On any other, put a proxy with TLS in front that sets
    X-Forwarded-Proto, and name the hosts it answers to:

    \b
      SCHAKEL_HOSTS=portal.example.org schakel serve --host 0.0.0.0
    """
    from granian import Granian  # noqa: PLC0415 - help must not wait for the server
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    from schakel.cli.database import ready_database  # noqa: PLC0415

    refuse_taken(host, port)
    if is_loopback(host):
        os.environ.setdefault("SCHAKEL_PLAIN_HTTP", "1")
    keep_compressed_files()
    ready_database()
    os.environ["SCHAKEL_DATABASE_POOL"] = "1"  # for the processes that answer; this one only watches them
    from django.conf import settings  # noqa: PLC0415 - only after Django is set up

    # Fresh processes, that share no connection and no lock with this one.
    multiprocessing.set_start_method("spawn")
    click.echo(f"http://{host}:{port}/", err=True)
    Granian(
        "schakel.cli.web_process:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=settings.THREADS,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=15,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()


def keep_compressed_files() -> None:
    """Name the folder in which the processes that answer keep compressed copies of what the pages load."""
    from schakel.cli.database import var_folder  # noqa: PLC0415 - help must not wait for the server
    from schakel.cli.embedded_postgres import make_var  # noqa: PLC0415

    folder = var_folder() / "static"
    try:
        make_var(var_folder())
        folder.mkdir(exist_ok=True)
    except OSError as error:
        click.echo(f"{folder}: {error.strerror}; files are served uncompressed.", err=True)
    else:
        os.environ.setdefault("SCHAKEL_STATIC", str(folder))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_taken(host: str, port: int) -> None:
    """End with a sentence, and before anything is started, when the address cannot be had."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(found[0], found[1]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[4])
    except OSError as error:
        sys.exit(f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with --host or --port.")
