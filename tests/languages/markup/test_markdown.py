import random
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.languages.markup import markdown
from kuule.languages.markup.markdown import MARKDOWN, block_html, block_tree, inline_html, inline_tree, link_addresses


def test_inline_html_of_emphasis_and_line_breaks():
    assert inline_html("By **this** we mean\n*that*.") == "By <strong>this</strong> we mean<br />\n<em>that</em>."


def test_link_to_the_web_tells_nobody_where_it_was_pressed():
    assert inline_html("[help](https://example.org/a)") == '<a href="https://example.org/a" rel="noreferrer">help</a>'


def test_link_on_a_page_that_is_filled_in_opens_another_and_says_so():
    how = 'rel="noopener noreferrer" target="_blank" aria-describedby="new-page"'
    link = f'<a href="https://example.org/a" {how}>help</a>'
    assert inline_html("[help](https://example.org/a)", new_page=True) == link
    assert block_html("[help](https://example.org/a)", new_page=True) == f"<p>{link}</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html;base64,xxxx)",
        "[a](//example.org)",
        "[a](/sv?go=send)",
        "[a](mailto:a@example.org)",
        "[a](tel:+358)",
        "[a](file:///etc/passwd)",
    ],
)
def test_link_to_anything_but_the_web_stays_text(text):
    assert inline_html(text) == text.replace("&", "&amp;")
    assert link_addresses(text) == frozenset()


def test_html_and_pictures_are_not_made():
    assert inline_html("<script>x</script>") == "&lt;script&gt;x&lt;/script&gt;"
    assert "<img" not in block_html("<img src=x onerror=y>\n\n![a](https://example.org/a.png)")


def test_block_html_has_headings_below_those_of_the_page():
    assert block_html("# A\n\n###### B") == "<h3>A</h3>\n<h6>B</h6>\n"
    assert block_html("# A", heading_shift=0) == "<h1>A</h1>\n"


def test_links_finds_every_kind_of_link():
    text = "[a](https://a.example) <https://b.example> [c][1]\n\n[1]: https://c.example"
    assert link_addresses(text) == {"https://a.example", "https://b.example", "https://c.example"}


@given(st.text(max_size=60))
def test_text_that_takes_the_quick_way_is_what_markdown_makes_of_it(text):
    assert inline_html(text) == MARKDOWN.renderInline(text).strip()


@pytest.mark.parametrize("sign", [*list('\\`*_[]<>&"\n\t\x00'), "&amp;", "~~", "!", "https://example.org", "  x"])
def test_every_sign_means_the_same_between_words(sign):
    for text in (sign, f"a{sign}b", f"{sign}a{sign} b"):
        assert inline_html(text) == MARKDOWN.renderInline(text).strip()


def test_tree_has_blocks_and_spans_as_plain_data():
    assert block_tree("A *b* `c`\n[d](https://e.org)\n\n1. f\n\n> g\n\n<i>h</i>") == [
        {
            "kind": "paragraph",
            "children": [
                {"kind": "text", "text": "A "},
                {"kind": "em", "children": [{"kind": "text", "text": "b"}]},
                {"kind": "text", "text": " "},
                {"kind": "code", "text": "c"},
                {"kind": "break", "text": ""},
                {"kind": "link", "text": "https://e.org", "children": [{"kind": "text", "text": "d"}]},
            ],
        },
        {
            "kind": "numbers",
            "children": [
                {
                    "kind": "item",
                    "children": [{"kind": "paragraph", "children": [{"kind": "text", "text": "f"}]}],
                }
            ],
        },
        {"kind": "quote", "children": [{"kind": "paragraph", "children": [{"kind": "text", "text": "g"}]}]},
        {"kind": "paragraph", "children": [{"kind": "text", "text": "<i>h</i>"}]},
    ]


def test_inline_tree_keeps_marks_of_blocks_as_text_and_leads_only_to_the_web():
    assert inline_tree("# a [b](javascript:c)") == [{"kind": "text", "text": "# a [b](javascript:c)"}]


@pytest.mark.parametrize("inline", [False, True])
def test_markup_is_counted_alike_whatever_the_words_are(inline):
    """Texts of signs and words by chance, each counted by its signs and as it is parsed."""
    pieces = (
        *("*", "**", "_", "__", "`", "# ", "> ", "- ", "1. ", "18. ", "\n", "\n\n", "    ", " ", ", ", ".", "===\n"),
        *("---\n", "~~~", "a1", "мир", "na", "ﬁn", "½", "[", "<b>", "&amp;", "\\", "http://a.b", "’", "{{ x }}"),
    )
    chance = random.Random(26)
    for _ in range(1_500):
        text = "".join(chance.choices(pieces, k=chance.randrange(1, 12)))
        tokens = MARKDOWN.parseInline(text) if inline else MARKDOWN.parse(text)
        parsed = [child for token in tokens for child in (token, *(token.children or ()))]
        opened = Counter(token.tag for token in parsed if token.nesting == 1 and token.tag not in ("p", "a"))
        opened["code"] += sum(token.type == "code_inline" for token in parsed)
        opened["sign"] += sum(len(re.findall(r"\*+|__+|`", token.content)) for token in parsed if token.type == "text")
        assert +Counter(markdown.count_markup(text, inline=inline)) == +opened, text
