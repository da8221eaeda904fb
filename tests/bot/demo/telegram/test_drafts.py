"""What a bot is still writing: shown, replaced, stopped, and gone when it has written."""

import pytest

from bot.demo.telegram.drafts import LASTS, Preview, Previews
from bot.demo.telegram.people import Chat
from bot.demo.telegram.text import FormattedText

DRAFT = "sendMessageDraft"


async def shown(desk):
    return await desk.person("draft")


async def test_a_draft_is_seen_and_is_no_message(desk):
    before = await desk.person("chat")
    assert await desk.call(DRAFT, chat_id=7, draft_id=1, text="<b>So</b> far", parse_mode="HTML")
    draft = await shown(desk)
    assert (draft["text"], draft["html"], draft["can_stop"]) == ("So far", "<b>So</b> far", False)
    assert await desk.person("chat") == before


async def test_a_draft_may_be_empty_while_the_bot_thinks(desk):
    await desk.call(DRAFT, chat_id=7, draft_id=1, text="")
    assert (await shown(desk))["text"] == ""


async def test_the_message_takes_the_drafts_place(desk):
    await desk.call(DRAFT, chat_id=7, draft_id=1, text="So far")
    await desk.send("So far, so good")
    assert await shown(desk) is None


async def test_another_id_replaces_the_draft_before(desk):
    await desk.call(DRAFT, chat_id=7, draft_id=1, text="one")
    await desk.call(DRAFT, chat_id=7, draft_id=2**62, text="two")
    assert (await shown(desk))["id"] == 2**62


def test_half_a_minute_later_it_is_gone():
    previews = Previews()
    chat = Chat(7, "Min")
    previews.show(Preview(1, chat, FormattedText("So far"), until=LASTS, can_stop=True))
    assert previews.find(7, 29.9)
    assert previews.find(7, 30.0) is None
    assert previews.stop(7, 30.0) is None


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({"draft_id": 0}, "RANDOM_ID_INVALID"),
        ({"draft_id": None}, "RANDOM_ID_INVALID"),
        ({"chat_id": -5}, "TEXTDRAFT_PEER_INVALID"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "<b>", "parse_mode": "HTML"}, "can't parse entities"),
        ({"chat_id": 99}, "chat not found"),
    ],
)
async def test_what_telegram_refuses_is_refused(desk, parameters, complaint):
    await desk.says("hello", chat=-5)
    usual = {"chat_id": 7, "draft_id": 1, "text": "So far"}
    assert complaint in await desk.refusal(DRAFT, **{**usual, **parameters})


async def test_stop_takes_the_draft_away_and_tells_the_bot(desk, bot):
    await desk.call(DRAFT, chat_id=7, draft_id=2**62, text="So far", can_stop=True)

    await desk.person("stop", {})

    assert await shown(desk) is None
    (update,) = await bot.get_updates(offset=-1)
    stopped = update.stopped_message_generation
    assert (stopped.chat.id, stopped.draft_id) == (7, 2**62)


async def test_a_kept_draft_stays_without_its_button(desk):
    await desk.call(DRAFT, chat_id=7, draft_id=1, text="x", can_stop=True, keep_on_stop=True)
    await desk.person("stop", {})
    assert (await shown(desk))["can_stop"] is False
    await desk.person("stop", {}, status=404)


async def test_what_cannot_be_stopped_is_not(desk):
    await desk.call(DRAFT, chat_id=7, draft_id=1, text="So far")
    await desk.person("stop", {}, status=404)


async def test_the_page_hears_of_a_draft_with_everything_else(desk):
    await desk.call(DRAFT, chat_id=7, draft_id=1, text="So far")
    assert (await desk.person("events"))["draft"]["text"] == "So far"
