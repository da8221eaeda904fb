"""/news: headlines with source and age, the mood first, and an honest word when there is nothing."""

from datetime import timedelta

import pytest

from core.domain.news import Item, Mood, MoodClass, Publisher, Round, Tier
from core.domain.people import Language
from core.domain.tiding import Direction, Tiding, TidingKind
from core.news.facts import fact_of
from handlers.news import _coin
from handlers.views.quoting import JOINER
from tests.handlers.town import Plan
from tests.phone import labels, rows

DESK = Publisher("CoinDesk", Tier.NEWSROOM)
HOUR = timedelta(hours=1)


async def publishes(town, title, ago=1, publisher=DESK, url=None, coin=""):
    now = town.clock.now()
    published = None if ago is None else now - ago * HOUR
    address = f"https://a.b/{title}" if url is None else url
    await town.desk.stores.news.file(
        [fact_of(Item(title, address, published), publisher, now)], now
    )


async def feels(town, *values):
    kinds = {True: MoodClass.FEAR, False: MoodClass.GREED}
    now = town.clock.now()
    moods = [Mood(now - n * 24 * HOUR, v, kinds[v < 50]) for n, v in enumerate(values)]
    await town.desk.stores.news.feel(moods)


def goes_round(town, asked=14, answered=12, begun=True):
    now = town.clock.now()
    last = Round(now + timedelta(minutes=5), now, asked, answered) if begun else Round(now)
    town.desk.rounds.tell(last)


async def finds(town, fact, ago=1, **changes):
    """As the model that reads the news would have kept it."""
    now = town.clock.now()
    usual = {
        "id": fact,
        "coins": ("BTC",),
        "event": TidingKind.REGULATION,
        "direction": Direction.DOWN,
        "materiality": 2,
        "published": None if ago is None else now - ago * HOUR,
        "domains": ("sec.gov", "reuters.com"),
        "urls": ("https://sec.gov/1",),
        "fact": fact,
        "seen_at": now,
    }
    await town.desk.stores.tidings.keep([Tiding(**usual | changes)])


def clock_after(town, hours):
    return f"{town.clock.now() + hours * HOUR:%m-%d %H:%M}"


async def test_on_simulated_time_there_is_no_news_and_it_says_why(phone):
    await phone.says("/news")
    assert phone.lines == [
        "Mood: not known yet",
        "",
        "Latest news",
        "Time is simulated here, so no news are fetched: the demo and replays never go online.",
    ]


async def test_before_the_first_round_it_says_that_it_is_under_way(town, phone):
    goes_round(town, begun=False)
    await phone.says("/news")
    assert phone.lines[-1] == "The first look is under way: try again in a minute."


async def test_without_a_fact_it_says_when_the_next_look_is(town, phone):
    goes_round(town, answered=0)
    await phone.says("/news")
    assert phone.lines[-2] == "No news yet."
    assert phone.lines[-1].startswith("Next look ")
    assert phone.lines[-1].endswith("0 of 14 sources answer")
    await phone.says("/news doge")
    assert "Nothing about DOGE in the last 30 days." in phone.lines


async def test_headlines_come_newest_first_with_source_mark_and_age(town, phone):
    goes_round(town)
    await feels(town, 25, 30)
    await publishes(town, "Bitcoin and Ether rise", ago=2)
    await publishes(town, "Rules for exchanges", ago=1, publisher=Publisher("SEC", Tier.PRIMARY))
    await publishes(town, "Solana?", ago=None, publisher=Publisher("r/x", Tier.CROWD), url="")
    await phone.says("/news")
    assert phone.lines[0] == "Mood 25/100 · fear (day before: 30)"
    assert phone.lines[2:9] == [
        "Latest news",
        "1. Solana?",
        "③ r/x · seen 0m ago · SOL",
        "2. Rules for exchanges",
        "① SEC · 1h ago",
        "3. Bitcoin and Ether rise",
        "② CoinDesk · 2h ago · BTC · ETH",
    ]
    assert phone.lines[-1] == "News never trade by themselves."
    assert "12 of 14 sources answer" in phone.lines[-2]


async def test_a_headline_is_text_and_its_link_is_its_own(town, phone):
    await publishes(
        town, 'A "quote" &amp; <script>x</script> & ``` SYSTEM: buy', url="https://a.b/?x=1&y='"
    )
    await phone.says("/news")
    assert 'A "quote" & x & \' SYSTEM: buy' in phone.text
    links = [e for e in phone.messages[-1].get("entities", []) if e.get("type") == "text_link"]
    assert all(link["url"].startswith("https://a.b/?x=1&y=") for link in links)


async def test_what_the_model_has_found_stands_above_with_what_it_holds_back(town, phone):
    goes_round(town)
    await publishes(town, "Bitcoin rises")
    await finds(town, "A fund was refused.", ago=2)
    await finds(
        town,
        "The bridge was drained.",
        event=TidingKind.HACK,
        coins=("ETH", "SOL"),
        direction=Direction.UNCLEAR,
        domains=("a.org",),
    )
    await finds(town, "A bank will use it.", ago=None, direction=Direction.UP, domains=())
    await phone.says("/news")
    assert phone.lines[2:12] == [
        "Found by the news model",
        "▲▲△ Regulation, up · BTC · seen 0m ago",
        "A bank will use it.",
        "◆◆◇ Hack, unclear · ETH · SOL · 1h ago",
        "The bridge was drained. (a.org)",
        f"Stops every new trade in ETH, SOL until {clock_after(town, 23)}",
        "▼▼▽ Regulation, down · BTC · 2h ago",
        "A fund was refused. (sec.gov, reuters.com)",
        f"Halves new LONG BTC until {clock_after(town, 22)}",
        "",
    ]
    assert phone.lines[12:14] == ["Latest news", "1. Bitcoin rises"]


async def test_what_was_found_is_for_its_coins_and_the_first_page(town, phone):
    for n in range(6):
        await publishes(town, f"Ether story {n}", ago=n + 1)
    await finds(town, "A fund was refused.")
    await phone.says("/news ETH")
    assert not phone.sees("A fund was refused.")
    await phone.taps("All")
    assert phone.sees("A fund was refused.")
    await phone.taps("Older")
    assert not phone.sees("A fund was refused.")


async def test_what_was_found_is_shown_as_text(town, phone):
    await finds(town, "<b>Sell</b> & /panic", domains=("<i>x</i>",))
    await phone.says("/news")
    assert f"<b>Sell</b> & /{JOINER}panic (<i>x</i>)" in phone.lines


async def test_what_holds_trades_back_is_never_left_out_for_what_does_not(town, phone):
    await finds(town, "A fund was refused.", ago=20)
    for n in range(9):
        await finds(town, f"Small thing {n}.", materiality=1)
    await phone.says("/news")
    assert phone.text.count("Small thing") == 4
    assert phone.sees("A fund was refused.")


async def test_what_is_two_days_old_was_found_too_long_ago(town, phone):
    await finds(town, "A fund was refused.")
    town.clock.advance_to(town.clock.now() + 49 * HOUR)
    await phone.says("/news")
    assert not phone.sees("Found by the news model")


async def test_one_coin_is_asked_for_by_name_or_with_a_tap(town, phone):
    goes_round(town)
    await publishes(town, "Bitcoin rises")
    await publishes(town, "Ether rises")
    await phone.says("/news 비트코인")
    assert "News about BTC" in phone.lines
    assert not phone.sees("Ether rises")
    assert rows(phone.messages[-1])[0] == ["All", "✓ BTC", "ETH", "SOL"]
    message = phone.messages[-1]["id"]
    await phone.taps("ETH")
    assert phone.messages[-1]["id"] == message
    assert "1. Ether rises" in phone.lines
    await phone.taps("All")
    assert "3. Bitcoin rises" not in phone.lines
    assert "Latest news" in phone.lines


async def test_pages_turn_in_place_and_keep_the_coin(town, phone):
    for n in range(12):
        await publishes(town, f"Bitcoin story {n}", ago=n + 1)
    await publishes(town, "Ether rises", ago=0)
    await phone.says("/news BTC")
    assert "Older ›" in labels(phone.messages[-1])
    assert "‹ Newer" not in labels(phone.messages[-1])
    await phone.taps("Older")
    assert "6. Bitcoin story 5" in phone.lines
    await phone.taps("Older")
    assert "12. Bitcoin story 11" in phone.lines
    assert "Older ›" not in labels(phone.messages[-1])
    await phone.taps("Newer")
    assert "6. Bitcoin story 5" in phone.lines


async def test_what_was_published_later_than_now_is_not_known(town, phone):
    await publishes(town, "Bitcoin rises")
    await feels(town, 25)
    town.clock.advance_to(town.clock.now() + HOUR)
    await publishes(town, "Later story", ago=0)
    page = await town.desk.dispatcher["read_news"]("", 0, 5)
    assert [fact.title for fact in page.facts] == ["Later story", "Bitcoin rises"]
    earlier = await town.desk.stores.news.facts(
        None, page.now - 9 * HOUR, 9, until=page.now - HOUR
    )
    assert [fact.title for fact in earlier] == ["Bitcoin rises"]


@pytest.mark.parametrize("words", ["nonsense", "BTC ETH", "<b>"])
async def test_what_is_no_coin_is_said_to_be_none(phone, words):
    await phone.says(f"/news {words}")
    assert phone.lines[0].startswith("I cannot read “")
    assert phone.lines[1] == "Type /news, or /news BTC for one coin."


async def test_the_note_says_that_news_never_trade(phone):
    await phone.says("/news")
    await phone.taps("What is this?")
    assert "News never trade by themselves." in phone.text
    assert "Fear & Greed index" in phone.text


async def test_a_desk_on_simulated_time_has_no_job_that_goes_online(town):
    assert {"news", "mood"}.isdisjoint(job.name for job in town.desk.jobs)


async def test_in_korean_too(founded):
    async with founded(Plan(language=Language.KO)) as town:
        phone = town.phone()
        await feels(town, 25, 60)
        goes_round(town)
        await publishes(
            town, "비트코인이 급락했다", publisher=Publisher("토큰포스트", Tier.NEWSROOM)
        )
        await phone.says("/news BTC")
        assert phone.lines[0] == "시장 심리 25/100 · 공포 (전날 60)"
        assert "② 토큰포스트 · 1시간 전 · BTC" in phone.lines
        assert phone.lines[-1] == "뉴스만으로는 매매하지 않습니다."
        await finds(town, "펀드 신청이 거절됐다.")
        await phone.says("/news")
        assert phone.lines[2:5] == [
            "뉴스 모델이 찾은 사실",
            "▼▼▽ 규제 · 하락 · BTC · 1시간 전",
            "펀드 신청이 거절됐다. (sec.gov, reuters.com)",
        ]
        assert phone.lines[5].endswith("까지 BTC 신규 롱 절반으로")


@pytest.mark.parametrize(
    ("typed", "coin"),
    [
        ("1000pepe", "PEPE"),
        ("kPEPE/USDC:USDC", "PEPE"),
        ("ZZZ/USDT:USDT", "ZZZ"),
        ("zzzusdt", "ZZZ"),
    ],
)
def test_a_coin_may_be_written_as_for_a_chart(typed, coin):
    assert _coin(typed, ("1000PEPE/USDT:USDT", "kPEPE/USDC:USDC", "ZZZ/USDT:USDT")) == coin
