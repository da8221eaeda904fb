"""Which of Bitget's codes mean that an order was certainly not executed."""

from bot.broker.fate import Codes

REFUSED = (
    "22002 22046 22047 40006 40008 40014 40017 40018 40019 40034 40309 40762 40763 40774 40808"
    " 40832 40836 40889 40890 40915 40917 43011 43023 45060 45062 45064 45065 45066 45067 45110"
    " 45111 45112 45115 45117 45118 45122 45135 429"
)

CODES = Codes(
    refused=frozenset(REFUSED.split()),
    absent=frozenset({"22001", "40109", "40768", "43001", "43025"}),
    clock=frozenset({"40008"}),
)
