"""newslint's own kinds: what they find, and what they must leave alone."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from newslint import formats, kinds
from newslint.engine import Linter
from newslint.findings import Finding
from newslint.rule import Rule


def rule(extends: str, **keys: Any) -> Rule:
    plain = {"id": "T.R", "message": "{found}", "extends": extends, **keys}
    return msgspec.convert(plain, kinds.kind(extends), strict=False)


def findings(made: Rule, text: str) -> list[Finding]:
    report = Linter([made]).lint(formats.read(text.encode(), "a.txt"))
    assert not report.notices
    return list(report.findings)


def texts(made: Rule, text: str) -> list[str]:
    return [text[slice(*finding.span)] for finding in findings(made, text)]


ENDINGS = ["n", "ns", "s", "an", "er", "ers"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vladimir Putin came. Vladimir left. Vladmir Putin’s car stayed.", ["Vladmir"]),
        ("Mr Lindqvist spoke to Dorothea Lindqvist. Dorothea Lindkvist left.", ["Lindkvist"]),
        ("Erdoğan came, Erdoğan saw, and Erdogan won.", ["Erdogan"]),
        ("Iran and Iraq met. Iran spoke, and Iraq spoke.", []),
        ("Russia, the Russian and two Russians met Russia.", []),
        ("VLADIMIR CAME. Vladimir came.", []),
        ("Marta came with Maria. Maria left with Marta.", []),
        ("Then the Thens. There, Where? Their there.", []),
    ],
)
def test_near_miss(text: str, expected: list[str]) -> None:
    assert texts(rule("near_miss", endings=ENDINGS), text) == expected


def test_near_miss_shows_both_places_and_the_right_form() -> None:
    text = "Vladimir Putin came.\nVladimir left.\nVladmir Putin stayed."
    made = rule("near_miss", message="{found}/{other}/{line}")
    (finding,) = findings(made, text)
    assert finding.message == "Vladmir/Vladimir/2"
    assert finding.fixes[0].text == "Vladimir"
    assert text[slice(*finding.related[0].span)] == "Vladimir"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The ending of a slip may look like that of another word of the stem.
        ("Japan left. Japan stayed. It came from Japen.", ["Japen"]),
        ("Korea left. The two Koreas and the Korean envoy met in Korea.", []),
        # A name that only stands where sentences begin is a name, if a dictionary has it so.
        ("China left. China stayed. Fruit came in from Chnia.", ["Chnia"]),
        # Titles part nobody.
        ("Lady Boothroyd came. Betty Boothroyd sat. Baroness Bootroyd left, with Boothroyd.",
         ["Bootroyd"]),
    ],
)  # fmt: skip
def test_near_miss_weighs_what_is_known(text: str, expected: list[str]) -> None:
    endings = ["an", "en", "s", "n"]
    assert texts(rule("near_miss", look_for="draft", endings=endings), text) == expected


def test_beside_its_other_half_a_listed_name_may_be_less_alike() -> None:
    made = rule("near_miss", look_for="listed", listed=["Anselm Brodie", "Ingrid Halvorsen"])
    assert texts(made, "There Anselm Brody met Ingrid Halverson.") == ["Brody", "Halverson"]
    assert texts(made, "There Mr Brody met Mr Halverson, and Anselm Meyer met Ingrid Lund.") == []


def test_near_miss_of_listed_names() -> None:
    made = rule("near_miss", listed=["Anselm Brodie"], endings=ENDINGS)
    assert texts(made, "The deckhand Ansellm Brodie left with the Brodies.") == ["Ansellm"]
    assert texts(made, "The deckhand Anselm Brodie left.") == []


GROUPS = {"water": {"members": ["river", "lake", "sea"], "spatial": True}}
WORDS = {"locative": ["on", "across", "over"], "introduces": ["a", "an"], "joins": ["of", "that"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Over the river they saw it. It lay on the lake. Ships went across the sea.",
            ["lake", "sea"],
        ),
        ("They went over the river, and across the river again.", []),
        ("There is a lake. They sat on the lake, across the river.", []),
        ("On the Sea of Japan and across the Amur River; over the river.", []),
        ("“We sat on the lake,” she said, and went over the river.", []),
    ],
)
def test_drift(text: str, expected: list[str]) -> None:
    made = rule("referent", look_for="drift", groups=GROUPS, **WORDS)
    assert texts(made, text) == expected


def test_anaphora() -> None:
    groups = {"event": {"members": ["summit", "symposium"]}}
    made = rule("referent", look_for="anaphora", groups=groups, **WORDS)
    assert texts(made, "He spoke at a symposium. They met at this summit.") == ["summit"]
    assert texts(made, "He spoke at a symposium. They met at this symposium.") == []
    far = "He spoke at a symposium. One. Two. Three. Four. They met at this summit."
    assert texts(made, far) == []


def test_variants_of_sets() -> None:
    sets = [{"forms": ["Kyiv", "Kiev"], "unless": ["chicken Kiev"]}]
    made = rule("variants", sets=sets)
    assert texts(made, "Kyiv and Kyiv and Kiev and Kiev, Kyiv") == ["Kiev"]
    assert texts(made, "Kyiv and chicken Kiev") == []
    assert texts(made, "Kyiv, said “Kiev”") == []
    house = rule("variants", sets=[{**sets[0], "house": "Kiev"}], each="every")
    assert texts(house, "Kyiv and Kyiv and Kiev") == ["Kyiv", "Kyiv"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nato met. The allies of Nato and NATO’s head left.", ["NATO"]),
        ("NATO MEETS IN THE NORTH\n\nThe allies of Nato left.", []),
        ("Mark met MARK, and AIDS aids.", []),
        ("The WHO and who?", []),
    ],
)
def test_acronyms(text: str, expected: list[str]) -> None:
    assert texts(rule("variants", acronyms=True), text) == expected


def test_hyphens() -> None:
    made = rule("variants", hyphens=True)
    assert texts(made, "the northeastern hills, a north-eastern wind") == ["north-eastern"]
    assert texts(made, "a long-term plan in the long term") == []


def test_repeats() -> None:
    made = rule("repeat", min_words=3)
    assert texts(made, "A headline of four\n\nText here.\n\nA headline, of four!") == [
        "A headline, of four!"
    ]
    near = rule("repeat", similarity=0.7)
    first = "The council voted on Tuesday to keep the library open."
    assert (
        len(texts(near, f"{first}\n\nThe council voted on Monday to keep the library open.")) == 1
    )
    assert texts(near, f"{first}\n\n{first}") == []


PAIRS = [["centre", "center"], ["travelled", "traveled"], ["lorry", ""]]


def test_locale() -> None:
    made = rule(
        "locale", pairs=PAIRS, weak={"autumn": "en-GB"}, message="{found}{beside}, {side}, {home}"
    )
    (finding,) = findings(made, "The lorry left the centre and traveled on.")
    assert finding.message == "traveled beside British “lorry” and “centre”, American, British"
    assert finding.fixes[0].text == "travelled"
    assert texts(made, "The lorry left the Center.") == []
    assert texts(made, "It traveled in autumn to the center.") == []
    assert texts(made, "It traveled, “in a lorry”, he said.") == []
    assert texts(rule("locale", pairs=PAIRS, prefer="en-GB"), "It traveled.") == ["traveled"]


MIXED = "The lorry left the centre; the lorry traveled on to the center and traveled on."


@pytest.mark.parametrize(
    ("each", "expected"),
    [("", ["traveled"]), ("first", ["traveled", "center"]), ("every", ["traveled"] * 2)],
)
def test_locale_finds_one_place_and_relates_the_others(each: str, expected: list[str]) -> None:
    made = rule("locale", pairs=PAIRS, each=each, message="{forms}")
    found = [text for text in texts(made, MIXED) if each != "every" or text == "traveled"]
    assert found == expected
    if not each:
        (finding,) = findings(made, MIXED)
        assert finding.message == "“traveled” and “center”"
        shown = [MIXED[slice(*related.span)] for related in finding.related]
        assert shown == ["center", "lorry", "centre"]


ATTRIBUTION = {"attribution": [", according to (?:one|another)"]}


@pytest.mark.parametrize(
    ("look_for", "text", "expected"),
    [
        ("turned", "He won in May. ” We all won,” she said.", ["”"]),
        ("unopened", "He won in May. ” We all won,” she said.", []),
        ("turned", "We all won,” she said.", []),
        ("apostrophe", 'It is "good news for consumers" pockets."', ['"']),
        ("unopened", 'It is "good news for consumers" pockets."', []),
        ("apostrophe", 'The "players" and the "owners" met.', []),
        ("open_end", "He left.\n\n“We won. They lost.", ["“"]),
        ("unclosed_at_end", "He left.\n\n“We won. They lost.", []),
        ("unclosed_at_end", "He left.\n\nHe said: “We won. They lost.", ["“"]),
        ("unclosed_at_end", "He left.\n\n“We won, according to one. They lost.", ["“"]),
        ("open_end", "He left.\n\n“We won, according to one. They lost.", []),
    ],
)
def test_kinds_of_lone_marks(look_for: str, text: str, expected: list[str]) -> None:
    assert texts(rule("quotes", look_for=look_for, **ATTRIBUTION), text) == expected


def test_an_attribution_inside_a_quotation_shows_where_it_should_close() -> None:
    made = rule("quotes", message="“{beginning}” {fault}", **ATTRIBUTION)
    text = "“We won, according to another. They lost.\n\nHe left."
    (finding,) = findings(made, text)
    assert finding.message == "“We won” does not close before “according to another”"
    assert text[slice(*finding.related[0].span)] == ", according to another"
    (plain,) = findings(made, "“We won. They lost.\n\nHe left.")
    assert plain.message == "“We won. They lost.” never closes"


def test_quotes() -> None:
    assert texts(rule("quotes"), "“One,” he said. “Two.\n\nThree.") == ["“"]
    assert texts(rule("quotes"), "“One.\n\n“Two.”") == []
    assert texts(rule("quotes", look_for="unopened"), "One,” he said.") == ["”"]
    made = rule(
        "quotes",
        look_for="unquoted",
        attribution=[", claims (?:a|one) man"],
        speech=["we", "\\w+n't"],
    )
    assert texts(made, "Trade is bad. There isn't any, claims one man.") == ["There isn't any"]
    assert texts(made, "Trade is bad, claims one man.") == []


VERBS = {"stave": {"forms": ["stave", "staved"], "takes": ["off"]}}


def test_particles() -> None:
    made = rule("particles", verbs=VERBS, particles=["off", "against", "in"], message="{use}")
    assert texts(made, "They stave against it, staved off that, and staved the rest.") == [
        "stave against"
    ]
    wider = rule("particles", verbs=VERBS, particles=["off", "in"], window=3)
    assert texts(wider, "They staved in part off.") == []


def test_density() -> None:
    made = rule(
        "density",
        phrases={"in conclusion": 5, "stark contrast": 3},
        above=10,
        min_words=10,
        min_phrases=2,
    )
    filler = "word " * 40
    assert texts(made, f"In conclusion, {filler} in stark contrast.") == ["In conclusion"]
    assert texts(made, f"In conclusion, {filler}.") == []
    assert texts(made, "In conclusion, in stark contrast.") == []


def test_choice() -> None:
    pairs = {"buy": "purchase", "cars": "automobiles", "people": "populace", "empty": "vacant"}
    made = rule("choice", pairs=pairs, z=4, min_choices=5, message="{chosen} of {choices}")
    spun = "The populace purchase vacant automobiles. " * 2
    assert [finding.message for finding in findings(made, spun)] == ["8 of 8"]
    assert findings(made, "The people buy empty cars. " * 4 + "They purchase one.") == []


def test_choice_shows_the_most_telling_words() -> None:
    pairs = {"buy": "purchase", "cars": "automobiles", "said": "opined", "show": "demonstrate"}
    made = rule("choice", pairs=pairs, z=2, min_choices=4, shown=2, message="{words}")
    (finding,) = findings(made, "They demonstrate it, purchase automobiles and opined so.")
    assert finding.message == "opined, automobiles"


@pytest.mark.parametrize(
    ("look_for", "text", "expected"),
    [
        ("twice", "The Bank of Verania (BV) met. Later the Bank of Verania (BV) left.", ["BV"]),
        ("late", "The BV met. The Bank of Verania (BV) is old. BV left.", ["BV"]),
        ("unused", "The Bank of Verania (BV) met.", ["BV"]),
        ("unused", "The Bank of Verania (BV) met, and BV left.", []),
        ("full", "The Bank of Verania (BV) met. The Bank of Verania left.", ["Bank of Verania"]),
        ("twice", "The bank (BV) met the bank (BV).", []),
        ("unused", "The African-American Group for Unity (AAGU) met.", ["AAGU"]),
    ],
)
def test_definition(look_for: str, text: str, expected: list[str]) -> None:
    assert texts(rule("definition", look_for=look_for), text) == expected


PINYIN = "(?:[xmq]i(?:ng?|ao)|yu)+"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lin Xinxing met Lin Xinming.", []),
        ("Lin Xinming met Lin Xinmyng.", ["Xinmyng"]),
    ],
)
def test_names_that_differ_by_a_letter_as_a_rule(text: str, expected: list[str]) -> None:
    assert texts(rule("near_miss", distinct=PINYIN), text) == expected


@pytest.mark.parametrize(
    ("look_for", "text", "expected"),
    [
        ("late", "Okorowa said so. Later Maria Okorowa’s car left.", ["Okorowa"]),
        ("late", "Maria Okorowa said so. Okorowa left.", []),
        ("late", "Okorowa said so. Maria Okorowa and Anna Okorowa left.", []),
        ("late", "Minister Okorowa said so. Maria Okorowa left.", []),
        ("late", "Putin said so. Maria Putin left.", []),
        ("again", "Maria Okorowa came. Okorowa sat. Maria Okorowa left.", ["Maria Okorowa"]),
        ("again", "Maria Okorowa came. Maria Okorowa left. Okorowa stayed.", []),
    ],
)
def test_mention(look_for: str, text: str, expected: list[str]) -> None:
    found = texts(rule("mention", look_for=look_for, given=["Maria", "Anna"]), text)
    assert found == expected


def test_a_replacement_may_depend_on_what_stands_round_it() -> None:
    made = rule("substitution", nonword=True, swap={r"([1-9]\d)(\d{3})(?= people)": "$1,$2"})
    (finding,) = findings(made, "It hit 12000 people.")
    assert [fix.text for fix in finding.fixes] == ["12,000"]


SUFFIXES = {"suffixes": ["s", "es", "ed", "ing", "ly"]}
MISJOINED = {"misjoined": {"(?<=[^aeiou])ys": "ies", "(?<=[^eoy])eing": "ing"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three citys and their supplys.", ["citys", "supplys"]),
        ("An advertiseing campaign.", ["advertiseing"]),
        ("The growth is comieg. Is it comieg from there?", ["comieg", "comieg"]),
        ("The quorn was cooked, and quorn is cheap.", []),
        ("The usauly quiet husbon was adoqate.", ["usauly", "husbon", "adoqate"]),
        ("They call it “incepting” here, and ‘abusement’ there.", []),
        ("“There ain’t nothin like it,” he said.", []),
        ("The tem won.", ["tem"]),
        ("Wydad tem Kuroyama.", []),
    ],
)
def test_unknown_words_near_common_ones(text: str, expected: list[str]) -> None:
    made = rule("spelling", near=True, common=3.3, **SUFFIXES, **MISJOINED)
    assert texts(made, text) == expected


def test_a_slip_in_a_word_of_the_house_is_found() -> None:
    made = rule("spelling", near=True, ignore=["frobnicator"])
    (finding,) = findings(made, "The frobnicater stood by the frobnicator.")
    assert finding.fixes[0].text == "frobnicator"


def test_likelier_words_come_first() -> None:
    made = rule("spelling", near=True)
    (finding,) = findings(made, "It was wirtten there.")
    assert finding.fixes[0].text == "written"


def test_a_misspelling_with_a_capital_may_be_a_name(tmp_path: Path) -> None:
    words = tmp_path / "words.tsv"
    words.write_text("instituto\tinstitution\nneame\tname\n", "utf-8")
    made = rule("misspelling", words=str(words))
    assert texts(made, "Instituto Gonzaga left. Neame stayed. Neame left.") == []
    assert texts(made, "Instituto is shut. The neame is long.") == ["Instituto", "neame"]


def test_spelling_asks_for_good_patterns() -> None:
    with pytest.raises(Exception, match="missing"):
        rule("spelling", misjoined={"(": "s"})
