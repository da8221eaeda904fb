"""How fast and how large the desk is, beside others: each module with a `run` measures one thing.

`uv run -m tests.benchmarks [NAME…] [--json]` runs the named ones, or all. Nothing here passes or
fails; absolute figures drift with the machine, so each one is paired with a baseline.
"""
