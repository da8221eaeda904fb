"""The person's side: writing, looking, and what is refused there."""

import asyncio

import aiohttp
import pytest
from aiogram.types import BufferedInputFile
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.telegram import BotApiServer, Person, utf16
from bot.demo.telegram.person.writing import pieces


async def test_what_one_writes_comes_back_as_the_page_shows_it(desk):
    said = await desk.says("see /help")
    assert (said["from"], said["text"]) == (7, "see /help")
    assert said["html"] == 'see <button type="button" class="command">/help</button>'
    assert said["date"] == "2026-12-10T00:00:00+00:00"


async def test_a_long_text_leaves_in_pieces_and_the_last_is_returned(desk):
    last = await desk.says("a" * 4096 + "b")
    texts = [update["message"]["text"] for update in await desk.updates()]
    assert (texts, last["text"]) == (["a" * 4096, "b"], "b")


@given(st.text(st.sampled_from("ab 😀\n한"), max_size=40), st.integers(1, 400))
def test_pieces_are_short_enough_and_lose_no_word(text, times):
    source = text * times
    parts = list(pieces(source))
    assert all(0 < utf16.length(part) <= 4096 for part in parts)
    assert "".join("".join(parts).split()) == "".join(source.split())


async def test_ones_own_message_can_be_edited_and_the_bot_hears_of_it(desk, clock):
    said = await desk.says("old")
    clock.advance(minutes=1)
    edited = await desk.says("new", edit=said["id"])
    *_, update = await desk.updates()
    assert (edited["text"], edited["edited"]) == ("new", True)
    assert update["edited_message"]["text"] == "new"
    assert update["edited_message"]["edit_date"] == update["edited_message"]["date"] + 60


async def test_a_strangers_message_cannot_be_edited(desk):
    sent = await desk.send()
    await desk.person("messages", {"text": "x", "edit": sent["message_id"]}, status=404)


async def test_a_forwarded_message_says_where_it_comes_from(bot, desk):
    await desk.says("news", forwarded=True)
    (update,) = await bot.get_updates()
    assert update.message.forward_origin.type == "user"


async def test_a_stranger_writes_from_their_own_chat(desk):
    await desk.says("hello", **{"from": 8})
    (update,) = await desk.updates()
    assert (update["message"]["from"]["id"], update["message"]["chat"]["id"]) == (8, 8)


async def test_a_group_is_made_when_somebody_first_writes_there(desk):
    await desk.says("hello", chat=-55, **{"from": 8})
    (update,) = await desk.updates()
    assert update["message"]["chat"] == {"id": -55, "type": "group", "title": "Group 55"}
    assert len(await desk.person("chat?chat=-55")) == 1


async def test_every_change_of_a_message_has_a_higher_number(desk, buttons):
    sent = await desk.send("old", reply_markup=buttons([("x", "y")]))
    (before,) = await desk.person("chat?after=1")
    target = {"chat_id": 7, "message_id": sent["message_id"]}
    await desk.call("editMessageText", **target, text="new")
    (edited,) = await desk.person(f"chat?after={before['seq']}")
    await desk.call("deleteMessage", **target)
    (deleted,) = await desk.person(f"chat?after={edited['seq']}")
    assert before["buttons"][0][0]["label"] == "x"
    assert (edited["text"], edited["buttons"], edited["edited"]) == ("new", [], True)
    assert (deleted["id"], deleted["deleted"], deleted["text"]) == (sent["message_id"], True, "")


async def test_who_waits_sees_the_change_at_once(desk):
    async def send():
        await asyncio.sleep(0.05)
        await desk.send("now")

    async with asyncio.timeout(2):
        seen, _ = await asyncio.gather(desk.person("chat?after=1&wait=20"), send())
    assert [message["text"] for message in seen] == ["now"]


async def test_photos_and_documents_are_found_at_their_addresses(desk, png):
    await desk.photo(png(), chat_id="7", caption="the chart")
    *_, photo = await desk.person("chat")
    async with desk.http.get(desk.url + photo["photo"]) as response:
        assert (response.content_type, await response.read()) == ("image/png", png())
    assert (photo["text"], photo["photo_size"]) == ("the chart", [800, 400])


async def test_a_document_is_only_offered_for_download(bot, desk):
    await bot.send_document(7, BufferedInputFile(b"<script>", "거래.html"))
    *_, message = await desk.person("chat")
    async with desk.http.get(desk.url + message["document"]["url"]) as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment")
    assert message["document"]["name"] == "거래.html"


async def test_a_reply_keyboard_is_shown_with_its_message(desk):
    await desk.send(reply_markup={"keyboard": [["A", "B"]], "one_time_keyboard": True})
    *_, message = await desk.person("chat")
    assert message["keyboard"]["rows"] == [["A", "B"]]
    assert (message["keyboard"]["one_time"], message["buttons"]) == (True, [])


async def test_a_silent_reply_is_marked_as_both(desk):
    said = await desk.says("question")
    await desk.send(disable_notification=True, reply_to_message_id=said["id"])
    *_, message = await desk.person("chat")
    assert (message["silent"], message["reply_to"]["text"]) == (True, "question")


async def test_a_page_from_before_a_restart_starts_anew(desk):
    events = await desk.person("events?after=9999&wait=20")
    assert [message["text"] for message in events["messages"]] == ["/start"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, '"text" must be a string with something in it.'),
        ({"text": "  "}, '"text" must be a string with something in it.'),
        ({"text": 5}, '"text" must be a string.'),
        ({"text": "\ud800"}, '"text" must be a string.'),
        ({"text": "x", "from": "me"}, '"from" must be a whole number.'),
        ({"text": "x", "from": -5}, '"from" must be the positive id of a user.'),
        ([], "The body must be a JSON object."),
    ],
)
async def test_a_body_of_no_use_is_answered_with_one_sentence(desk, body, sentence):
    assert await desk.person("messages", body, status=400) == {"error": sentence}


async def test_a_body_that_is_not_json_is_refused(desk):
    json = {"Content-Type": "application/json"}
    address = f"{desk.url}/person/messages"
    async with desk.http.post(address, data=b"{", headers=json) as response:
        assert (response.status, await response.json()) == (
            400,
            {"error": "The body is not valid JSON."},
        )
    async with desk.http.post(address, data={"text": "x"}) as response:
        assert response.status == 415


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "localhost.evil.example:80"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_no_other_site_may_use_the_chat(desk, headers):
    await desk.person("messages", {"text": "x"}, status=403, **headers)
    await desk.person("chat", status=403, **headers)
    async with desk.http.get(desk.url, headers=headers) as response:
        assert response.status == 403


async def test_its_own_page_may_use_the_chat(desk):
    own = {"Origin": desk.url, "Sec-Fetch-Site": "same-origin"}
    await desk.person("messages", {"text": "x"}, **own)


async def test_the_page_may_load_nothing_from_elsewhere(desk):
    async with desk.http.get(desk.url) as response:
        policy = response.headers["Content-Security-Policy"]
        page = await response.text()
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "http://" not in page
    assert "https://" not in page


async def test_every_file_of_the_page_is_served(desk):
    for name in ("main.js", "bubble.js", "layout.css", "icon.svg", "wallpaper.svg"):
        async with desk.http.get(f"{desk.url}/page/{name}") as response:
            assert response.status == 200


async def test_a_port_that_is_taken_is_told(desk, clock):
    port = int(desk.url.rpartition(":")[2])
    server = BotApiServer("42:x", Person(7, "Min", "ko"), now=clock)
    with pytest.raises(OSError, match="address already in use"):
        async with server.running("127.0.0.1", port):
            pass


async def test_on_all_interfaces_a_bare_address_is_ours_but_a_name_is_not(clock):
    server = BotApiServer("42:x", Person(7, "Min", "ko"), now=clock)
    async with server.running("0.0.0.0", 0) as url, aiohttp.ClientSession() as http:
        for host, status in (("192.168.1.5:8080", 200), ("[::1]:80", 200), ("evil.example", 403)):
            async with http.get(f"{url}/person/me", headers={"Host": host}) as response:
                assert response.status == status


@pytest.mark.parametrize("path", ["chat?after=x", "chat?wait=long", "toasts?chat=me"])
async def test_a_question_that_is_no_number_is_answered_with_one_sentence(desk, path):
    assert "must be" in (await desk.person(path, status=400))["error"]
