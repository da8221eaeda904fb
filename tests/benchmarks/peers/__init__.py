"""Other backtest engines doing our work, each in an environment of its own that never becomes ours.

`uv run -m tests.benchmarks.peers [NAME…]` makes the environments, in `.bench-envs/` or where
`BENCH_ENVS` says; `backtest` then finds them. The modules here run inside them, so they import
nothing of the desk.
"""
