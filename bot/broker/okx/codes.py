"""Which of OKX's codes mean that an order was certainly not executed."""

from bot.broker.fate import Codes

SINGLE = (
    "50011 50120 51010 51020 51046 51047 51048 51112 51121 51127 51137 51138 51169 51174 51202"
    " 51261 51277 51278 51279 51280 429"
)
OF_THE_KEYS = (str(code) for code in range(50102, 50114))
NOT_TAKEN = (str(code) for code in range(51000, 51009))

CODES = Codes(
    refused=frozenset((*SINGLE.split(), *OF_THE_KEYS, *NOT_TAKEN)),
    absent=frozenset({"51400", "51401", "51402", "51603"}),
    clock=frozenset({"50102", "50112"}),
)
