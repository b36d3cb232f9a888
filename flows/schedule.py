"""Scheduled runs: a Prefect server of our own on loopback, unless one is given, and the line served on a cron."""

import logging
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tasks.errors import DatelineError

logger = logging.getLogger(__name__)

HOST = "127.0.0.1"
SERVER_START_SECONDS = 120
SERVER_STOP_SECONDS = 20


def serve(cron: str, parameters: dict[str, Any]) -> None:
    """Serves the line on the cron expression until it is stopped; starts a server where none is given."""
    with use_server():
        from prefect import serve as serve_deployments
        from prefect.types.entrypoint import EntrypointType

        from flows.pipeline import pipeline

        deployment: Any = pipeline.to_deployment(
            name="scheduled",
            cron=cron,
            parameters=parameters,
            concurrency_limit=1,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        serve_deployments(deployment)


@contextmanager
def use_server() -> Iterator[None]:
    """Makes sure that a Prefect server answers while the block runs, and stops the one it started."""
    if os.environ.get("PREFECT_API_URL"):
        yield
        return
    port = _free_port()
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port), "--no-ui"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            url = f"http://{HOST}:{port}/api"
            _wait_until_healthy(url, server)
            os.environ["PREFECT_API_URL"] = url
            yield
        finally:
            os.environ.pop("PREFECT_API_URL", None)
            _stop(server)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + SERVER_START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    raise DatelineError(
        "The Prefect server did not start; run `prefect server start` to see why, or set PREFECT_API_URL."
    )


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(SERVER_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
