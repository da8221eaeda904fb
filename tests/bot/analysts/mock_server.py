"""Starts a mock of the providers that strangers wrote (aimock, by npx), where it can be had."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager, suppress

import pytest

PACKAGE = "@copilotkit/aimock@1.43.0"
LLMOCK = ["npx", "--yes", "-p", PACKAGE, "llmock", "-h", "127.0.0.1", "--strict"]
LLMOCK += ["--validate-on-load"]
PATIENCE = 25.0
OFFLINE = {
    "npm_config_prefer_offline": "true",
    "npm_config_fetch_retries": "0",
    "npm_config_fetch_timeout": "15000",
    "npm_config_update_notifier": "false",
    "npm_config_audit": "false",
    "npm_config_fund": "false",
}


@contextmanager
def mock_server(folder, fixtures):
    """Its address; skips the test where Node, npx or the package is absent."""
    if shutil.which("node") is None or shutil.which("npx") is None:
        pytest.skip("there is no Node with npx here")
    (folder / "fixtures").mkdir()
    (folder / "fixtures" / "said.json").write_text(json.dumps({"fixtures": fixtures}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*LLMOCK, "-p", str(port), "-f", str(folder / "fixtures")],
            cwd=folder,
            env=os.environ | OFFLINE,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait(server, port, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            _end(server)


def journal(address):
    """What was asked of it, oldest first; its keys are hidden."""
    with urllib.request.urlopen(f"{address}/__aimock/journal", timeout=5) as answer:
        return json.load(answer)


def _wait(server, port, log):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            said = log.read_text(errors="replace")
            if "Validation failed" in said:
                pytest.fail(said)
            pytest.skip(f"{PACKAGE} cannot be had: {said.strip()[-200:]}")
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.skip(f"{PACKAGE} did not start within {PATIENCE:g} seconds")


def _end(server):
    """npx, its shell and Node are one group."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGTERM)
    server.wait(timeout=10)
