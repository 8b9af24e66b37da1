import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.quotations import Pairing, pair
from newslint.spans import Span

# ⟦ ⟧ stand round a quotation, ↓ before a mark never closed, ↑ before one never opened, and
# ¶ between paragraphs.
DRAFTS = """
He left. ¶ She stayed.
⟦"We won,"⟧ he said. ⟦"They lost."⟧
⟦“We won,”⟧ he said – ⟦“they lost.”⟧
⟦“We won,"⟧ he said.
He said:⟦"We won."⟧
An ⟦"invasion"⟧, or (⟦"war"⟧), a ⟦"no-go"⟧-area and the ⟦"Joker"⟧’s lair.
⟦"We won.⟧ ¶ ⟦"They lost.⟧ ¶ ⟦"Ha!"⟧ ¶ He left.
⟦“We won.⟧ ¶ ⟦“They lost.”⟧
⟦"We won.⟧ ¶ A caption without a stop ¶ ⟦"They lost."⟧
⟦"We won.⟧ ¶ ⟦They lost.⟧ ¶ ⟦All is well,"⟧ he said. ⟦"Go."⟧
⟦↓"We won.⟧ ¶ He said so. ¶ ⟦"They lost,"⟧ he said.
⟦↓"We won, he said.⟧
He said: ⟦↓“We won.⟧ ¶ They did.
He said ⟦↓"no and⟧ ⟦"yes"⟧ to it.
⟦↓"We won.⟧ ⟦"They lost,"⟧ he said.
We won,↑" he said. ⟦"They lost."⟧
We won,↑” he said. ¶ They lost.↑”
⟦"We call it "war" now,"⟧ he said.
⟦“We call it “war” now,”⟧ he said.
⟦“We call it "war" now,”⟧ he said.
⟦“We call it ↓"war now,”⟧ he said.
⟦“We call it ‘war’ now,”⟧ he said.
⟦"'Go!' he told me,"⟧ she said. ⟦"'Go!'"⟧
⟦”We won,”⟧ he said.
He won. ⟦↑” We all won,”⟧ she said.
It is ⟦"good for consumers↑" pockets"⟧. The ⟦"players"⟧ and the ⟦"owners"⟧ met.
He has a 40" screen, a 12" record and is 6'2". ¶ He is 5-foot-10".
⟦"It is a 12" record,"⟧ he said. ⟦"He is 6'2"."⟧
⟦"It ended 6-4"⟧ and ⟦"it was 1999"⟧.
⟦"I was there in 1999"⟧ he said.
The ⟦" post-90s "⟧ save; the ⟦" bank "⟧.
The ⟦“.shop”⟧ and ⟦".book"⟧ domains; ⟦"...or not"⟧.
⟦"We won. "⟧ ¶ He left.
⟦‘We won,’⟧ he said. ⟦‘They lost.’⟧
⟦'We won,'⟧ he said. ⟦'They don't care.'⟧
⟦'It's the players' fault,'⟧ he said.
⟦‘We call it “war” now,’⟧ he said.
Don’t trust the ’90s, rock ’n’ roll or the players’ union.
'Twas the players' union. ¶ Rock 'n' roll for 'em and the boys' club.
The players' union and the '90s' stars. ¶ 'A lone mark never closed.
O'Connor and Mrs O’Brien's.
⟦« We won, »⟧ he said. ⟦„We won“⟧ and ⟦„we won”⟧. ¶ ⟦»We won«⟧ and ⟦``we won''⟧. ¶ « Alone „ and.
(⟦"We won"⟧) [⟦“They lost”⟧] ⟦"yes"⟧/⟦"no"⟧ ⟦"maybe"⟧—⟦"never"⟧
He said\u00a0⟦“oui”⟧\u2028and ⟦"cafe\u0301"⟧. 😀
"""


def annotated(draft: str) -> tuple[str, Pairing]:
    """The draft without its annotation, and the pairing that this stood for."""
    text, places = "", dict[str, list[int]]((sign, []) for sign in "⟦⟧↓↑")
    for sign in draft:
        if sign in places:
            places[sign].append(len(text))
        else:
            text += sign
    quotations = tuple(map(Span, places["⟦"], places["⟧"]))
    lone = (tuple(Span(at, at + 1) for at in places[sign]) for sign in "↓↑")
    return text, Pairing(quotations, *lone)


def paragraphs(text: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(r"[^\s¶](?:[^¶]*[^\s¶])?", text)]


@pytest.mark.parametrize("draft", DRAFTS.strip().splitlines())
def test_pair(draft: str) -> None:
    text, expected = annotated(draft)
    assert pair(text, paragraphs(text)) == expected


def test_a_quotation_may_reopen_inside_a_block_long_enough_to_be_several_paragraphs() -> None:
    said = "We won because they lost. " * 12
    text, expected = annotated(f'He said: ⟦"{said.strip()}⟧ ⟦"And they lost,"⟧ he said.')
    assert pair(text, paragraphs(text)) == expected
    text, expected = annotated(f'He said: ⟦↓"{said}and⟧ ⟦"so on,"⟧ he said.')
    assert pair(text, paragraphs(text)) == expected


def test_a_quotation_is_not_followed_through_many_paragraphs_that_do_not_reopen() -> None:
    text, expected = annotated("⟦↓“We won.⟧" + " ¶ They lost." * 7 + "↑”")
    assert pair(text, paragraphs(text)) == expected


SIGNS = st.lists(st.sampled_from([*"aA1 .,?-—¶'\"“”‘’«»„", "``", "''", ' "', '" ', " '", "' "]))


@given(SIGNS.map("".join))
def test_quotations_are_apart_inside_blocks_and_lone_marks_are_marks(text: str) -> None:
    blocks = paragraphs(text)
    quotations, unclosed, unopened = pair(text, blocks)
    assert all(one.end <= two.start for one, two in pairwise(quotations))
    assert all(any(quotation.within(block) for block in blocks) for quotation in quotations)
    assert sorted({*unclosed, *unopened}) == sorted(unclosed + unopened)
    assert all(text[start:end] in '"“”' for start, end in unclosed + unopened)
    assert list(unclosed) == sorted(unclosed)
    assert list(unopened) == sorted(unopened)


@given(st.lists(st.sampled_from(['He said "no". ', "“Go!” ", "They don’t. ", "¶ ", "(“Ha”) "])))
def test_well_paired_marks_are_never_reported(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert pair(text, paragraphs(text))[1:] == ((), ())
