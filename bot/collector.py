"""How the garbage collector works in a desk: late, and never on what lives as long as the process."""

import gc

THRESHOLDS = (20_000, 20, 50)


def settle() -> None:
    """Once everything stands. A close makes tens of thousands of values that die with it: looking
    through them after every few hundred would take longer than making them.
    """
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    gc.enable()
