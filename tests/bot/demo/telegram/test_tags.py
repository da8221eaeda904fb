"""Telegram's HTML, with the cases that tdlib tests itself by."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.telegram import utf16
from bot.demo.telegram.addresses import completed
from bot.demo.telegram.errors import Refused
from bot.demo.telegram.formatting import parsed
from bot.demo.telegram.rendering import rendered
from bot.demo.telegram.tags import TagParser

REFUSED = {
    "<b>x": 'Can\'t find end tag corresponding to start tag "b"',
    "a</b>": "Unexpected end tag at byte offset 1",
    "<b>한</i>": 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"',
    "🏟 🏟&lt;<abacaba": "Unclosed start tag at byte offset 13",
    "🏟 🏟&lt;<abac aba>": 'Unsupported start tag "abac" at byte offset 13',
    "🏟 🏟&lt;<i   =aba>": 'Empty attribute name in the tag "i" at byte offset 13',
    "🏟 🏟&lt;<i    aba>": 'Can\'t find end tag corresponding to start tag "i"',
    "🏟 🏟&lt;<i    aba  =  ": 'Unclosed start tag "i" at byte offset 13',
    "🏟 🏟&lt;<i    aba  =  190azAz-.,": "Unexpected end of name token at byte offset 27",
    '🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>': "Unclosed start tag at byte offset 13",
    "🏟 🏟&lt;</": "Unexpected end tag at byte offset 13",
    "🏟 🏟&lt;<b></b></": "Unexpected end tag at byte offset 20",
    "🏟 🏟&lt;<i>a</i   ": "Unclosed end tag at byte offset 17",
    "<span>x</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    "&#57311;": (
        "Text contains invalid Unicode characters after decoding HTML entities, "
        "check for unmatched surrogate code units"
    ),
}

ACCEPTED = {
    "➡️ ➡️<i>➡️ ➡️</i><b>➡️ ➡️</b>": [("italic", 5, 5), ("bold", 10, 5)],
    "🏟 🏟<i>🏟 &gt;<b aba   =   caba>&lt🏟</b></i>": [("italic", 5, 7), ("bold", 9, 3)],
    "🏟 🏟&lt;<i    aba  =  '&lt;&gt;&quot;'>a</>": [("italic", 6, 1)],
    "🏟 🏟&lt;<b></b>": [],
    '<span class = "tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>': [
        ("spoiler", 0, 1),
        ("spoiler", 1, 1),
    ],
    "<a> </a>": [],
    "<a>telegram.org</a>": [("text_link", 0, 12)],
    "<pre><code>x</code></pre>": [("pre", 0, 1), ("code", 0, 1)],
    '<pre><code class="language-fift">x</></>': [("pre", 0, 1)],
    '<code class="language-fift"><pre>x</></>': [("pre", 0, 1)],
    '<pre> <code class="language-fift">x</></>': [("pre", 0, 2), ("code", 1, 1)],
    '<tg-emoji emoji-id = "12345">👍</tg-emoji>': [("custom_emoji", 0, 2)],
    "<blockquote>a&lt;<pre  >b;</></>": [("blockquote", 0, 4), ("pre", 2, 2)],
    "<blockquote   expandable>a</>": [("expandable_blockquote", 0, 1)],
    "<u>a</u><ins>b</ins><s>c</s><strike>d</strike><del>e</del>": [
        ("underline", 0, 1),
        ("underline", 1, 1),
        ("strikethrough", 2, 1),
        ("strikethrough", 3, 1),
        ("strikethrough", 4, 1),
    ],
}


ADDRESSES = {
    "telegram.org": "http://telegram.org/",
    "telegram.org?<": "http://telegram.org/?<",
    "HTTPS://a.io:8443/x?y#z": "https://a.io:8443/x?y#z",
    "tg://user?id=7": "tg://user?id=7",
    "javascript:alert(1)": None,
    "http://localhost:8080/": None,
    "a.io b": None,
    "data:text/html,x.y": None,
}


@pytest.mark.parametrize(("source", "complaint"), REFUSED.items())
def test_bad_html_is_refused_in_telegrams_words(source, complaint):
    with pytest.raises(Refused) as refused:
        TagParser(source).parse()
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize(("source", "entities"), ACCEPTED.items())
def test_good_html_becomes_entities_counted_in_utf16(source, entities):
    found = TagParser(source).parse().entities
    assert [(entity.type, entity.offset, entity.length) for entity in found] == entities


def test_only_four_names_of_characters_are_known_and_numbers():
    assert TagParser("&ge;&lt;&gt;&amp;&quot;&laquo;&#9731;&#x2603;").parse().text == (
        '&ge;<>&"&laquo;☃☃'
    )


def test_a_language_of_code_stays_with_the_block():
    (entity,) = TagParser('<pre><code class="language-python">x</code></pre>').parse().entities
    assert entity.wire() == {"type": "pre", "offset": 0, "length": 1, "language": "python"}


def test_white_space_around_a_message_is_dropped_and_its_formatting_moves():
    formatted = parsed("\n <b>x</b> y \n", "HTML", None)
    assert formatted.text == "x y"
    assert formatted.wire() == [{"type": "bold", "offset": 0, "length": 1}]


def test_inside_code_there_is_no_other_formatting():
    formatted = parsed("<code>a<b>b</b></code><i>c<i>d</i></i>", "HTML", None)
    assert [entity.type for entity in formatted.entities] == ["code", "italic"]


def test_commands_and_addresses_are_found_but_not_in_code():
    formatted = parsed("😀 /help https://a.io/x. <code>/no</code> 12/10", "HTML", None)
    assert [(entity.type, entity.offset, entity.length) for entity in formatted.entities] == [
        ("bot_command", 3, 5),
        ("url", 9, 14),
        ("code", 25, 3),
    ]


def test_only_real_addresses_become_links():
    assert [completed(address) for address in ADDRESSES] == list(ADDRESSES.values())


def test_an_unknown_parse_mode_is_refused():
    with pytest.raises(Refused, match="unsupported parse_mode"):
        parsed("x", "wiki", None)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back_as_it_was(text):
    assert TagParser(html.escape(text, quote=True).replace("&#x27;", "'")).parse().text == text


TREES = st.recursive(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6).map(lambda text: (None, text)),
    lambda inner: st.tuples(st.sampled_from(["b", "i", "u", "s"]), st.lists(inner, max_size=3)),
    max_leaves=8,
)


def written(tree):
    """The tree as HTML, its plain text, and what each of its tags encloses."""
    tag, inner = tree
    if tag is None:
        return html.escape(inner), inner, []
    parts = [written(part) for part in inner]
    text = "".join(part[1] for part in parts)
    enclosed = [piece for part in parts for piece in part[2]]
    source = "".join(part[0] for part in parts)
    return f"<{tag}>{source}</{tag}>", text, [*enclosed, text] if text else enclosed


@given(TREES)
def test_every_entity_covers_exactly_what_its_tag_enclosed(tree):
    source, text, enclosed = written(tree)
    formatted = TagParser(source).parse()
    covered = [utf16.cut(text, entity.offset, entity.end) for entity in formatted.entities]
    assert formatted.text == text
    assert sorted(covered) == sorted(enclosed)


@given(TREES)
def test_what_the_page_shows_is_the_same_text_and_nothing_else(tree):
    formatted = TagParser(written(tree)[0]).parse()
    assert TagParser(rendered(formatted)).parse().text == formatted.text


def test_the_page_never_gets_markup_or_a_script_address_from_a_text():
    formatted = parsed("<b>&lt;img src=x onerror=alert(1)&gt;\"'</b>", "HTML", None)
    link = [{"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"}]
    assert rendered(formatted) == "<b>&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;</b>"
    assert rendered(parsed("x", "", link)) == "<span>x</span>"


def test_pieces_that_overlap_are_rendered_in_order():
    entities = [
        {"type": "bold", "offset": 0, "length": 3},
        {"type": "italic", "offset": 2, "length": 3},
    ]
    assert rendered(parsed("abcde", "", entities)) == "<b>ab<i>c</i></b><i>de</i>"


def test_a_line_break_beside_a_block_is_not_shown_twice():
    formatted = parsed("a\n<pre>b\nc</pre>\nd", "HTML", None)
    assert rendered(formatted) == 'a<pre tabindex="0"><code>b\nc</code></pre>d'
