"""Makes the environments that other engines run in; needs uv and a package registry.

The engines' versions are the ones that were measured; what they depend on is whatever uv finds.
"""

import argparse
import os
import shutil
import subprocess

from tests.benchmarks.backtest_engines import ENVIRONMENTS, python_of

PACKAGES = {
    "vectorbt": ["vectorbt[rust]==1.2.0", "ta-lib", "pyarrow"],
    "backtesting": ["backtesting==0.6.6", "ta-lib"],
    "freqtrade": ["freqtrade==2026.9", "ta-lib", "pyarrow"],
}


def make(name: str) -> None:
    """Compiled at once, so that no measured run pays for it."""
    uv = os.environ.get("UV") or shutil.which("uv") or "uv"
    folder = ENVIRONMENTS / name
    subprocess.run([uv, "venv", "--clear", "--python", "3.11", str(folder)], check=True)
    install = [uv, "pip", "install", "--compile-bytecode", "--python", str(python_of(name))]
    subprocess.run([*install, *PACKAGES[name]], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.benchmarks.peers", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(PACKAGES)}; or all")
    asked = parser.parse_args()
    if unknown := set(asked.names) - PACKAGES.keys():
        parser.error(f"no such engine: {', '.join(sorted(unknown))}")
    for name in asked.names or PACKAGES:
        make(name)


if __name__ == "__main__":
    main()
