"""Events nobody asked for, word for word."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.notice import Notice, NoticeKind
from core.domain.people import Language
from handlers.views.notice import filled, missed, plain, target_hit
from handlers.views.panic import panicked
from tests.builders import ACCOUNT, NOON, trade
from tests.handlers.views.facts import position_facts, reader

FAILED = (
    "look failed at 01-01 12:00: OSError. Open positions keep their stops; it will be tried again."
)
ENDED = (
    "The recorded market ends here (01-01 12:00). I keep answering; /report all sums it up.",
    "기록된 시장이 여기서 끝났습니다 (01-01 21:00). 질문에는 계속 답합니다. /report all 로 정리됩니다.",
)


def notice(kind, **numbers):
    return Notice(ACCOUNT, kind, NOON + timedelta(seconds=7), "k7q2e", numbers)


def last(view):
    return view.text.splitlines()[-1]


def test_a_fill_is_told_in_one_line_before_its_card():
    assert filled(reader(), position_facts()).text.splitlines()[0] == (
        "BTC LONG 0.026 filled at 64,000.0. Stop 63,120.0 seen on the exchange."
    )
    waits = filled(reader(Language.KO), position_facts(stop_seen=None))
    assert waits.text.splitlines()[0] == "BTC 롱 0.026 체결, 64,000.0. 손절 63,120.0 거는 중."


def test_an_entry_that_found_nothing():
    view = missed(reader(), notice(NoticeKind.ENTRY_MISSED), position_facts())
    assert last(view) == ("BTC LONG: nothing was to be had within the limit. Nothing was bought.")


def test_an_entry_that_was_refused_names_the_code():
    view = missed(reader(), notice(NoticeKind.ENTRY_REFUSED, code="-2019"), position_facts())
    assert last(view) == "BTC LONG: the exchange refused the order (-2019). Nothing was bought."


def test_a_target_says_what_it_brought_and_what_comes_next():
    hit = trade(targets_hit=1, realized=Decimal("14.3"), fees=Decimal("1.0"))
    assert target_hit(reader(), position_facts(trade=hit)).text.splitlines()[1:] == [
        "<b>Target 1. BTC LONG +13.3 USDT so far</b>",
        "The stop goes to break-even and trails the rest.",
    ]


def test_panic_says_that_all_is_flat_and_how_to_go_on():
    told = notice(NoticeKind.PANIC_DONE, closed=2, net=Decimal("-12.3"), cancelled=6, left="")
    view = panicked(reader(), told)
    assert last(view) == (
        "<b>All flat (12:00:07). 2 desk positions -12.3, 6 orders cancelled, 0 left. "
        "Entries off until /resume.</b>"
    )
    assert [[key.label for key in row] for row in view.keyboard] == [["▶ Resume"]]


def test_panic_says_what_it_could_not_close():
    told = notice(
        NoticeKind.PANIC_DONE, closed=1, net=Decimal(0), cancelled=3, left="ETH/USDT:USDT"
    )
    assert last(panicked(reader(), told)).startswith("<b>1 closed, not yet: ETH")


def test_panic_in_korean():
    told = notice(NoticeKind.PANIC_DONE, closed=2, net=Decimal("-12.3"), cancelled=6, left="")
    assert last(panicked(reader(Language.KO), told)) == (
        "<b>전부 종료했습니다 (21:00:07). 봇 포지션 2개 -12.3, 주문 6개 취소, 남은 봇 포지션 0. "
        "신규 진입 중지, 재개는 /resume.</b>"
    )


@pytest.mark.parametrize(
    ("told", "english", "korean"),
    [
        (
            notice(NoticeKind.RESTARTED, open=2, expired=1),
            "Back at 01-01 12:00. 2 positions, 1 proposals expired meanwhile. Nothing to approve.",
            "01-01 21:00 다시 켜졌습니다. 포지션 2개, 그동안 만료된 제안 1건. 승인하실 것 없습니다.",
        ),
        (
            notice(NoticeKind.JOB_FAILED, job="look", error="OSError"),
            FAILED,
            "01-01 21:00 look 작업 실패: OSError. 열린 포지션의 손절은 그대로이고, 다시 시도합니다.",
        ),
        (
            notice(NoticeKind.DATA_ENDED),
            *ENDED,
        ),
    ],
    ids=["restarted", "job failed", "data ended"],
)
def test_plain_sentences(told, english, korean):
    assert last(plain(reader(), told)) == english
    assert last(plain(reader(Language.KO), told)) == korean
