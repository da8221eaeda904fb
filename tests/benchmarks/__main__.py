"""Runs the benchmarks that are named, or all of them, and prints a table or JSON."""

import argparse
import asyncio
import inspect
import json
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any

Result = dict[str, Any]


def benchmarks() -> dict[str, ModuleType]:
    """The modules beside this one that have something to run."""
    names = [found.name for found in pkgutil.iter_modules([str(Path(__file__).parent)])]
    modules = {
        name: import_module(f"tests.benchmarks.{name}")
        for name in sorted(names)
        if not name.startswith("_")
    }
    return {name: module for name, module in modules.items() if hasattr(module, "run")}


def measure(module: ModuleType) -> list[Result]:
    results = (
        asyncio.run(module.run()) if inspect.iscoroutinefunction(module.run) else module.run()
    )
    return list(results)


def table(results: list[Result]) -> Iterator[str]:
    """One small table for each benchmark; a column for each figure any of its cases has."""
    for name, group in groupby(results, key=lambda result: result["benchmark"]):
        cases = list(group)
        columns = list(dict.fromkeys(key for case in cases for key in case if key != "benchmark"))
        rows = [[written(case.get(column, "")) for column in columns] for case in cases]
        widths = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
        yield name
        for row in (columns, *rows):
            yield "  " + "  ".join(map(aligned, row, widths, columns)).rstrip()


def written(value: object) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


def aligned(text: str, width: int, column: str) -> str:
    return text.ljust(width) if column in {"case", "note"} else text.rjust(width)


def main() -> None:
    known = benchmarks()
    sentences = [
        f"  {name:12}{(module.__doc__ or '').partition(chr(10))[0]}"
        for name, module in known.items()
    ]
    parser = argparse.ArgumentParser(
        prog="tests.benchmarks",
        description="Measure the desk beside others.",
        epilog="\n".join(["benchmarks:", *sentences]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which ones; all if none")
    parser.add_argument("--json", action="store_true", help="print a list of results")
    asked = parser.parse_args()
    if unknown := set(asked.names) - known.keys():
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    results = [row for name in asked.names or known for row in measure(known[name])]
    print(json.dumps(results, indent=2) if asked.json else "\n".join(table(results)))


if __name__ == "__main__":
    main()
