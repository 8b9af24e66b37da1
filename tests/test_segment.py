import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.segment import sentences, words
from newslint.spans import Span

WORDS = {
    "I don't know": "I|don't|know",
    "Mr O’Connor saw Zelensky's aide": "Mr|O’Connor|saw|Zelensky's|aide",
    "the players’ union of the ’90s": "the|players|union|of|the|90s",
    "a north-eastern ex‑minister": "a|north-eastern|ex‑minister",
    "the U.S.-led force, 5 a.m.": "the|U.S.-led|force|5|a.m.",
    "the U.S.'s J.K. Rowling": "the|U.S.'s|J.K.|Rowling",
    "the end. A plan": "the|end|A|plan",
    "1,200 of 3.5, or 76%": "1,200|of|3.5|or|76",
    "£1.2m, 5.30pm, 2-1": "1.2m|5.30pm|2-1",
    "a 6'2\" man": "a|6'2|man",
    "R&D at AT&T": "R&D|at|AT&T",
    "“Stop”—he—stopped": "Stop|he|stopped",
    "snake_case": "snake|case",
    "cafe\u0301 and Nguye\u0302\u0303n": "cafe\u0301|and|Nguye\u0302\u0303n",
    "one\u00a0two\u2028three😀four": "one|two|three|four",
    "co\u00adoperate": "co\u00adoperate",
    "Владимир й 北京 دمشق": "Владимир|й|北京|دمشق",
    "": "",
    "— … “”": "",
}


@pytest.mark.parametrize("text", WORDS)
def test_words(text: str) -> None:
    assert "|".join(word.text for word in words(text)) == WORDS[text]


def test_words_of_a_range_have_places_in_the_whole_text() -> None:
    text = "Not this. But that. Nor this."
    found = list(words(text, 10, 19))
    assert [text[word.start : word.end] for word in found] == ["But", "that"]
    assert found[0].span == Span(10, 13)


SENTENCES = """
The minister resigned. | His deputy took over.
J. K. Rowling wrote it. | She is rich.
George W. Bush spoke first. | Then came J.D. Vance.
Michael B. Jordan and Samuel L. Jackson star.
They moved to Plan B. | It failed.
He flew to the U.S. on Monday.
He flew to the U.S. | The trip took a day.
The U.S. Senate voted. | So did the U.K. Parliament.
She lives in Washington, D.C. | Her sister does not.
The shop opens at 9 a.m. and shuts at 5 p.m. | The owner sleeps above it.
Police were called at 11:30 p.m. Thursday to a bar.
The game starts at 7 p.m. EDT and ends by 10 p.m. GMT.
Doors close at 5 p.m. | Police will be there.
Mr. Smith met Dr. Jones, Gen. Lee and Sgt. Pepper.
Sen. Ann Lee, Rep. Bob Ray and Gov. Cy Dunn disagree.
Lt. Col. Mary Hill and Prof. Hall agreed. | Mrs. Hill did not.
The Rev. Paul Green will preach.
He lives at No. 10 and works at no. 11.
Would he go? | No. | He would stay.
The law takes effect Jan. 5. | It runs to Sept. 30.
It happened in Feb. | The police came in Aug. 2019.
Acme Inc. Chief Executive Jo Fox resigned.
He runs Acme Inc. | The firm makes anvils.
He works for Acme Corp. and Bolt Co. in Leeds.
Harry Connick Jr. Sings again, said Sammy Davis Jr. | He waved.
Brazil vs. Germany ended 1-7.
The case is Roe v. Wade. | It is old.
St. Louis beat St. Paul.
He lives on Elm St. | She lives on Oak Ave. in Boston.
It rose 3.5 per cent to 4.25. | Shares fell .5 per cent.
Smith, 45, said he was ill. | He left.
Leeds won 2-1. | Murray won 6-4, 7-6 (7-5). | Nadal lost.
He waited... and waited. | Then... | He left.
It was … well … odd. | And then … | Nothing.
"We tried ... | We failed," he said.
"He left." | She stayed.
“He left.” | “She stayed.”
He said: “They left.” | Then he sat.
“We came. | We saw,” he said.
(He had left.) | She stayed (as usual). | They slept.
“Why?” he asked. | “Go!” she said.
“Why?” Smith asked. | “Because!” Mrs Jones added.
'Who knows?' asked Lee. | 'Not I.' | He sat down.
“Why?” | She did not know.
Who won? | Who lost? | Nobody knew!
What?! | You did not go?
MOSCOW (Reuters) - The rouble fell on Monday. | Stocks rose.
LONDON, Jan. 5 — The pound rose. | Gilts fell.
ST. LOUIS (AP) — The river rose.
WASHINGTON, D.C. (AP) -- The bill passed.
MIAMI, Fla. – The storm passed.
Yahoo! Inc. rose. | Jeopardy! host Ken Jennings left.
Putin is a leader, the man says. | a morally upright guy.
He likes apples, pears, etc. and plums. | She likes figs, etc. | Others do not.
It weighs approx. five lb. or so.
They sell fruit, e.g. Bramley apples, i.e. British ones.
Sen. Elizabeth Warren (D-Mass.) voted. | So did he (D-Mass.). | They won.
1. Smith, 22, of Leeds: I won. | 2. Jones.
It closed at $53.03. | £2m was lost. | 12 people lost jobs.
iPhone sales fell. | eBay did well.
He wrote “J'accuse!” in 1898. | 'Tis famous.
Mr Smith of the UN. | Mr Jones of the EU.
He said. . . nothing. | Fine.
See fig. 3 and pp. 4-5 of vol. 2. | The end.
她走了。| 他没有。
“Il est parti.” | « Elle aussi. » | Fin.
She earned a Ph.D. in law. | She has an M.A. | It helps.
The MP (for Leeds) left. | [He] stayed. | — So it goes.
😀 He smiled. | 😀 She did too.
"""


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_sentences(line: str) -> None:
    parts = [part.strip() for part in line.split("|")]
    text = ("" if "。" in line else " ").join(parts)
    assert [text[span.start : span.end] for span in sentences(text)] == parts


def test_a_blank_line_ends_a_sentence_and_a_line_break_does_not() -> None:
    text = "A headline\r\n\r\nA lead that\r\nruns on\n \t\nThe end\u2029\ufeffNew"
    found = [text[span.start : span.end] for span in sentences(text)]
    assert found == ["A headline", "A lead that\r\nruns on", "The end", "\ufeffNew"]


def test_sentences_of_a_range_do_not_look_outside_it() -> None:
    text = "He is Mr. Smith. She left. They ate."
    assert list(sentences(text, 0, 9)) == [(0, 9)]
    assert list(sentences(text, 17, 27)) == [(17, 26)]


PROSE = st.lists(
    st.sampled_from(
        [*"aZ1.?!…\"'“”’()[]-—。\u2029\u00a0\u0301😀 ", "\r\n", "\n\n", "U.S.", "Mr. ", "He "]
    )
).map("".join)


@given(PROSE, st.integers(0, 9), st.integers(0, 99))
def test_sentences_cover_all_but_space_and_never_overlap(text: str, start: int, end: int) -> None:
    start, end = min(start, len(text)), max(start, min(end, len(text)))
    covered = start
    for span in sentences(text, start, end):
        assert not text[covered : span.start].strip()
        assert span.start < span.end <= end
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        covered = span.end
    assert not text[covered:end].strip()


@given(PROSE)
def test_words_stand_in_order_and_leave_out_no_letter(text: str) -> None:
    covered = 0
    for word in words(text):
        assert not any(sign.isalnum() for sign in text[covered : word.start])
        assert text[word.start : word.end] == word.text
        covered = word.end
    assert not any(sign.isalnum() for sign in text[covered:])
