"""The table of coins: tickers, and the names that mean nothing else. Data, no rules."""

COINS: dict[str, tuple[str, ...]] = {
    "AAVE": ("에이브",),
    "ADA": ("Cardano", "에이다", "카르다노"),
    "ALGO": ("Algorand", "알고랜드"),
    "APT": ("Aptos", "앱토스"),
    "ARB": ("Arbitrum", "아비트럼"),
    "ATOM": ("Cosmos Hub", "코스모스"),
    "AVAX": ("Avalanche network", "Avalanche blockchain", "아발란체"),
    "AXS": ("Axie Infinity", "엑시인피니티"),
    "BCH": ("Bitcoin Cash", "비트코인캐시", "비트코인 캐시"),
    "BNB": ("BNB Chain", "Binance Coin", "비앤비", "바이낸스코인"),
    "BONK": ("봉크",),
    "BTC": ("Bitcoin", "비트코인"),
    "CRV": ("Curve Finance", "커브다오"),
    "DOGE": ("Dogecoin", "도지", "도지코인"),
    "DOT": ("Polkadot", "폴카닷"),
    "ENA": ("Ethena", "에테나"),
    "ENS": ("Ethereum Name Service", "이더리움네임서비스"),
    "EOS": ("이오스",),
    "ETC": ("Ethereum Classic", "이더리움클래식", "이더리움 클래식"),
    "ETH": ("Ethereum", "Ether", "이더리움", "이더"),
    "FIL": ("Filecoin", "파일코인"),
    "GRT": ("The Graph protocol", "더그래프"),
    "HBAR": ("Hedera", "헤데라"),
    "HYPE": ("Hyperliquid", "하이퍼리퀴드"),
    "ICP": ("Internet Computer", "인터넷컴퓨터"),
    "IMX": ("Immutable X", "이뮤터블엑스"),
    "INJ": ("Injective Protocol", "인젝티브"),
    "JUP": ("Jupiter Exchange",),
    "KAIA": ("카이아",),
    "LDO": ("Lido DAO", "Lido Finance", "리도다오"),
    "LINK": ("Chainlink", "체인링크"),
    "LTC": ("Litecoin", "라이트코인"),
    "MKR": ("MakerDAO", "메이커다오"),
    "NEAR": ("NEAR Protocol", "니어프로토콜", "니어 프로토콜"),
    "ONDO": ("Ondo Finance", "온도파이낸스"),
    "OP": ("Optimism network", "Optimism blockchain", "옵티미즘"),
    "ORDI": (),
    "PEPE": ("Pepecoin", "페페", "페페코인"),
    "POL": ("Polygon Labs", "Polygon network", "폴리곤"),
    "PUMP": ("Pump.fun", "펌프펀"),
    "RENDER": ("Render Network", "렌더토큰"),
    "RUNE": ("THORChain", "토르체인"),
    "SAND": ("The Sandbox game", "더샌드박스"),
    "SEI": ("Sei Network", "세이"),
    "SHIB": ("Shiba Inu", "시바이누"),
    "SOL": ("Solana", "솔라나"),
    "STX": ("Stacks network", "스택스"),
    "SUI": ("Sui Network", "수이"),
    "TAO": ("Bittensor", "비트텐서"),
    "TIA": ("Celestia", "셀레스티아"),
    "TON": ("Toncoin", "The Open Network", "톤코인"),
    "TRX": ("Tron", "트론"),
    "UNI": ("Uniswap", "유니스왑"),
    "VET": ("VeChain", "비체인"),
    "WIF": ("dogwifhat", "도그위프햇"),
    "WLD": ("Worldcoin", "월드코인"),
    "XLM": ("Stellar Lumens", "Stellar network", "스텔라루멘"),
    "XMR": ("Monero", "모네로"),
    "XRP": ("Ripple", "XRP Ledger", "리플", "엑스알피"),
    "XTZ": ("Tezos", "테조스"),
    "ZEC": ("Zcash", "지캐시"),
}

# Tickers that are words, or somebody else's initials, when they stand in a headline in capitals.
ORDINARY = frozenset(
    {
        *("ADA", "APT", "ATOM", "DOT", "ENS", "EOS", "ETC", "FIL", "HYPE", "ICP", "LINK", "NEAR"),
        *("OP", "POL", "PUMP", "RENDER", "RUNE", "SAND", "TAO", "TON", "UNI", "VET", "WIF"),
    }
)

# Phrases with a coin's name in them that speak of something else.
FALSE_FRIENDS = (
    "ETH Zurich",
    "ETH Zürich",
    "ripple effect",
    "ripple effects",
    "ripple through",
    "ripples through",
    "Tron: Ares",
    "Tron: Legacy",
)

# What a publisher of everything has to mention before it is heard.
TOPIC = (
    r"crypto|bitcoin|blockchain|stablecoin|digital asset|virtual asset|\btoken(?:s|ized|ization)?\b"
    r"|\bdefi\b|\bmonetary policy\b|\bfomc\b|\bfederal funds\b"
    r"|가상자산|가상화폐|암호화폐|디지털자산|스테이블코인|블록체인|코인"
)
