"""Readers of the formats, on lines written for the tests."""

import gzip
import json
from pathlib import Path

from benchmarks.accuracy.formats import conllu, gap, iob2, pages, polnear, timeml, toponyms, triples
from benchmarks.accuracy.reading import guess_spaces

CONLLU = """\
# newdoc id = first
# newpar
# text = “Don't go.”
1\t“\t“\tPUNCT\t``\t_\t4\tpunct\t_\tSpaceAfter=No
2-3\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tDo\tdo\tAUX\tVB\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4.1\tthere\tthere\tADV\tRB\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\tSpaceAfter=No
6\t”\t”\tPUNCT\t''\t_\t4\tpunct\t_\t_

# text = Wait.
1\tWait\twait\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_

# newpar
# text = Stop
1\tStop\tstop\tVERB\tVB\t_\t0\troot\t_\t_

# newdoc id = second
# text = Go
1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_
"""


def test_conllu_words_keep_their_spaces_and_empty_nodes_are_left_out() -> None:
    first, second = conllu.parse_documents(CONLLU.splitlines(), "file")
    words = first.sentences[0].words
    assert [word.form for word in words] == ["“", "Do", "n't", "go", ".", "”"]
    assert [word.has_space for word in words] == [False, False, True, False, False, True]
    assert words[3] == conllu.Word("go", "VB", 0, "root", False)
    assert (first.name, second.name, len(second.sentences)) == ("first", "second", 1)


def test_conllu_text_has_blank_lines_between_paragraphs() -> None:
    first = next(conllu.parse_documents(CONLLU.splitlines(), "file"))
    text, spans = conllu.join_text(first)
    assert text == "“Don't go.” Wait.\n\nStop"
    assert [text[start:end] for start, end in spans] == ["“Don't go.”", "Wait.", "Stop"]


def test_iob2_spaces_come_from_the_text_and_b_o_is_outside() -> None:
    lines = [
        "# newdoc id = a",
        "# text = Ann Lee's dog",
        "1\tAnn\tB-PER",
        "2\tLee\tI-PER",
        "3\t's\tB-O",
        "4\tdog\tO",
        "",
    ]
    lines += ["1\tBonn\tB-LOC", "2\tBerlin\tB-LOC", "3\t.\tO"]
    (document,) = iob2.parse_documents(lines)
    assert document.forms == ("Ann", "Lee", "'s", "dog", "Bonn", "Berlin", ".")
    assert document.spaces == (True, False, True, True, True, False, True)
    assert document.starts == (True, False, False, False, True, False, False)
    assert document.names == ((0, 2, "PER"), (4, 5, "LOC"), (5, 6, "LOC"))


def test_iob2_name_of_another_label_starts_anew() -> None:
    assert iob2.find_names(["I-PER", "I-LOC", "O", "I-LOC"]) == ((0, 1, "PER"), (1, 2, "LOC"), (3, 4, "LOC"))


def test_spaces_are_guessed_around_punctuation_and_straight_marks() -> None:
    words = ["He", "said", ",", '"', "No", ".", '"', "It", "'s", "$", "5", "(", "now", ")"]
    text = "".join(word + " " * space for word, space in zip(words, guess_spaces(words), strict=True))
    assert text.rstrip() == 'He said, "No." It\'s $5 (now)'


def test_polnear_attribution_may_be_in_pieces_and_lack_a_source() -> None:
    lines = [
        "T1\tSource 10 13\tAnn",
        "T2\tCue 14 18\tsaid",
        "T3\tContent 0 8;20 28\tIt was all a lie",
        "T4\tAttribution 14 18\tsaid",
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
        "T5\tContent 30 40\tsomething",
        "T6\tAttribution-no-source 41 45\tnote",
        "E2\tAttribution-no-source:T6 Content2:T5",
        "T7\tAttribution-no-source 46 47\tx",
        "E3\tAttribution-no-source:T7 ",
        "T8\tDiscard 50 60\tRead more.",
    ]
    annotated = polnear.parse_annotations("\n".join(lines))
    assert annotated.attributions == (
        polnear.Attribution(((0, 8), (20, 28)), ((10, 13),), ((14, 18),)),
        polnear.Attribution(((30, 40),), (), ()),
    )
    assert annotated.discarded == ((50, 60),)


def test_polnear_articles_gather_their_annotators(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "paper_2016-09-20_title.txt").write_text("Ann left.", encoding="utf-8")
    for annotator in ("aa", "bb"):
        (tmp_path / "attributions" / f"paper_2016-09-20_title_{annotator}.ann").write_text("", encoding="utf-8")
    (article,) = polnear.read_articles(tmp_path)
    assert (article.name, article.published_on, len(article.annotations)) == ("paper_2016-09-20_title", "2016-09-20", 2)


def test_gap_names_are_placed_by_their_offsets() -> None:
    header = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL"
    row = "t-1\tAnn met Eve and she left.\tshe\t16\tAnn\t0\tTRUE\tEve\t8\tFALSE\thttp://x"
    (snippet,) = gap.parse_snippets([header, row])
    assert snippet.text[snippet.start : snippet.end] == "she"
    assert snippet.names == (gap.Named(0, 3, True), gap.Named(8, 11, False))


def test_triples_with_fillers_have_nobody() -> None:
    row = {
        "id": 1,
        "text": "They struck.",
        "triples": [{"actor": "They", "recipient": "a recipient", "event_type": "PROTEST"}],
    }
    (sentence,) = triples.parse_sentences([json.dumps(row), ""])
    assert sentence.triples == (triples.Triple("They", None, "PROTEST"),)


def test_words_are_found_wherever_they_stand() -> None:
    assert triples.find_occurrences("The US and the us", "the US") == [(0, 6), (11, 17)]


def test_timeml_keeps_text_and_spans_of_its_body() -> None:
    xml = (
        '<TimeML><DCT><TIMEX3 type="DATE" value="1998-11-20T19:30" functionInDocument="CREATION_TIME">x</TIMEX3></DCT>'
        '<TEXT>He <EVENT>came</EVENT> <TIMEX3 type="DATE" value="1998-10">last <x>month</x></TIMEX3> &amp; left'
        '<TIMEX3 type="DURATION" value="P1D"></TIMEX3>.</TEXT></TimeML>'
    )
    document = timeml.parse_document(xml, "a")
    assert document.text == "He came last month & left."
    assert document.times == (timeml.Timex(8, 18, "DATE", "1998-10"),)
    assert document.published_on == "1998-11-20"


def test_toponyms_counted_from_one_are_put_right() -> None:
    xml = (
        "<articles><article><title>T</title><text>In Paris, Texas.</text><toponyms><toponym>"
        "<start>3</start><phrase>Paris</phrase><gaztag><lat>33.6</lat><lon>-95.5</lon>"
        "<country>United States</country></gaztag></toponym><toponym><start>10</start>"
        "<phrase>Texas</phrase></toponym></toponyms></article>"
        "<article><text>In Oslo.</text><locations><location><name>Oslo</name><start>4</start><lat>59.9</lat>"
        "<lon>10.7</lon></location></locations></article></articles>"
    )
    american, northern = toponyms.parse_articles(xml)
    assert american.toponyms == (
        toponyms.Toponym(3, 8, 33.6, -95.5, "United States"),
        toponyms.Toponym(10, 15, None, None, None),
    )
    assert northern.toponyms == (toponyms.Toponym(3, 7, 59.9, 10.7, None),)


def test_pages_are_read_packed_or_plain(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "a.html.gz").write_bytes(gzip.compress(b"<p>A</p>"))
    (tmp_path / "html" / "b.html").write_bytes(b"<p>B</p>")
    truth = tmp_path / "ground-truth.json"
    truth.write_text(json.dumps({"a": {"articleBody": "A", "url": "http://a"}, "b": {"articleBody": "B"}}))
    assert list(pages.read_pages(truth)) == [
        pages.Saved(b"<p>A</p>", "http://a", "A"),
        pages.Saved(b"<p>B</p>", None, "B"),
    ]
