from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from tasks.nlp.names import create_names, find_acronyms, find_names, load_lexicon

REFERENCE = str(Path(__file__).parents[2] / "seeds" / "reference")
NLP = spacy.blank("en")


def tagged(text: str, **labels: str) -> Doc:
    """A doc whose entities are all occurrences of the given texts, underscores standing for blanks."""
    doc = NLP(text)
    spans: list[Span] = []
    for name, label in labels.items():
        wanted = name.replace("_", " ")
        start = text.find(wanted)
        while start >= 0:
            span = doc.char_span(start, start + len(wanted), label=label, alignment_mode="expand")
            spans.append(span)
            start = text.find(wanted, start + 1)
    doc.ents = filter_spans(spans)
    return doc


def names_of(doc: Doc) -> list[tuple[str, str]]:
    return [(doc[m.start : m.end].text, m.label) for m in find_names(doc, load_lexicon(REFERENCE))]


def persons_of(doc: Doc) -> list[tuple[str, str | None, str | None]]:
    found = find_names(doc, load_lexicon(REFERENCE))
    return [(doc[m.start : m.end].text, m.title, m.role) for m in found if m.label == "PERSON"]


def test_empty_doc_has_no_names() -> None:
    assert names_of(NLP("")) == []


@pytest.mark.parametrize(
    ("text", "labels", "names"),
    [
        ("The Kremlin spoke.", {"The_Kremlin": "ORG"}, [("Kremlin", "ORG")]),
        ("Moscow's envoy left.", {"Moscow's": "GPE"}, [("Moscow", "GPE")]),
        ("He met Smith, then left.", {"Smith,": "PERSON"}, [("Smith", "PERSON")]),
        (
            "Sovereign Council and appointed him.",
            {"Sovereign_Council_and_appointed": "ORG"},
            [("Sovereign Council", "ORG")],
        ),
        ("Acme Corp\n\nBerlin was calm.", {"Acme_Corp\n\nBerlin": "ORG"}, [("Acme Corp", "ORG")]),
        ("It cost 20 dollars on Monday.", {"20_dollars": "MONEY", "Monday": "DATE"}, []),
        ("Photo by hand.", {"Photo": "PERSON"}, []),
        ("On Friday he left.", {"Friday": "PERSON"}, []),
        ("the talks of 2015", {"talks": "ORG", "2015": "ORG"}, []),
        ("He saw The Hague.", {"The_Hague": "GPE"}, [("The Hague", "GPE")]),
        ("The novel Dune sold.", {"Dune": "WORK_OF_ART"}, [("Dune", "WORK")]),
        ("Someone called.", {"Someone": "PERSON"}, []),
        ("A spokesperson Berit Vold left.", {"Berit_Vold": "ORG"}, [("Berit Vold", "PERSON")]),
        ("Labour Gov. Peter Holm left.", {"Labour_Gov._Peter_Holm": "PERSON"}, [("Peter Holm", "PERSON")]),
        ("A National Security Adviser left.", {"National_Security_Adviser": "PERSON"}, []),
        ("The First Lady left.", {"First_Lady": "ORG"}, []),
        ("Sen. Anna Berg, D-Ohio, left.", {"Anna_Berg": "PERSON", "D-Ohio": "PERSON"}, [("Anna Berg", "PERSON")]),
        ("The Fjord Relief Project grew.", {"Fjord_Relief_Project": "PERSON"}, [("Fjord Relief Project", "ORG")]),
        ("Trade with Lagos grew.", {"Lagos": "ORG"}, [("Lagos", "GPE")]),
    ],
)
def test_boundaries_are_mended(text: str, labels: dict[str, str], names: list[tuple[str, str]]) -> None:
    assert names_of(tagged(text, **labels)) == names


def test_title_is_cut_off_the_name_and_kept_beside_it() -> None:
    doc = tagged("President Kassym-Jomart Tokayev spoke.", President_Kassym_Jomart="PERSON")
    doc.ents = [Span(doc, 0, 5, label="PERSON")]
    assert persons_of(doc) == [("Kassym-Jomart Tokayev", "President", "President")]


@pytest.mark.parametrize(
    ("text", "labels", "person"),
    [
        (
            "Armenian Prime Minister and current CSTO chairman Nikol Pashinyan said so.",
            {"Nikol_Pashinyan": "PERSON", "Armenian": "NORP", "CSTO": "ORG"},
            ("Nikol Pashinyan", "Prime Minister", "Armenian Prime Minister and current CSTO chairman"),
        ),
        (
            "State Department spokesperson Ned Price said so.",
            {"Ned_Price": "PERSON", "State_Department": "ORG"},
            ("Ned Price", None, "State Department spokesperson"),
        ),
        (
            "White House press secretary Jen Psaki noted it.",
            {"Jen_Psaki": "PERSON", "White_House": "ORG"},
            ("Jen Psaki", "press secretary", "White House press secretary"),
        ),
        (
            "Ned Price, a State Department spokesperson, said so.",
            {"Ned_Price": "PERSON"},
            ("Ned Price", None, "State Department spokesperson"),
        ),
        (
            "Anna Li, who is the minister of trade, resigned.",
            {"Anna_Li": "PERSON"},
            ("Anna Li", None, "minister of trade"),
        ),
        (
            "Ruto, the 55-year-old deputy president, won.",
            {"Ruto": "PERSON"},
            ("Ruto", None, "deputy president"),
        ),
        (
            "Iran's foreign minister, Hossein Amirabdollahian, told him.",
            {"Hossein_Amirabdollahian": "PERSON"},
            ("Hossein Amirabdollahian", None, "Iran's foreign minister"),
        ),
        (
            "A spokesman for the ministry, Nasser Kanaani, denied it.",
            {"Nasser_Kanaani": "PERSON"},
            ("Nasser Kanaani", None, "spokesman for the ministry"),
        ),
        ("Mr. Peskov denied it.", {"Peskov": "PERSON"}, ("Peskov", "Mr.", None)),
        ("Gen. Mark Milley left.", {"Mark_Milley": "PERSON"}, ("Mark Milley", "Gen.", "Gen.")),
        ("He said Paul Rees, not an expert, erred.", {"Paul_Rees": "PERSON"}, ("Paul Rees", None, None)),
    ],
)
def test_title_and_role_as_the_article_words_them(
    text: str, labels: dict[str, str], person: tuple[str, str | None, str | None]
) -> None:
    assert persons_of(tagged(text, **labels)) == [person]


def test_person_unseen_by_the_model_is_found_by_title() -> None:
    doc = tagged("Yesterday President Uhuru Kenyatta spoke.")
    assert ("Uhuru Kenyatta", "PERSON") in names_of(doc)


def test_general_assembly_is_no_person() -> None:
    assert names_of(tagged("The General Assembly met.")) == [("General Assembly", "ORG")]


def test_particles_belong_to_the_name() -> None:
    doc = tagged("General Abdel Fattah al-Burhan spoke.", Abdel_Fattah="PERSON")
    assert names_of(doc) == [("Abdel Fattah al-Burhan", "PERSON")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kazakh troops and Kazakhs met.", [("Kazakh", "NORP"), ("Kazakhs", "NORP")]),
        ("Kazakh Airlines is broke.", []),
        ("Kazakh President Tokayev spoke.", [("Kazakh", "NORP"), ("Tokayev", "PERSON")]),
        ("The US and the U.K. told us so.", [("US", "GPE"), ("U.K.", "GPE")]),
        ("ALL OF US WIN", []),
        ("It left the European Union.", [("European Union", "ORG")]),
        ("Shiite and Sunni Muslims prayed.", [("Shiite", "NORP"), ("Sunni Muslims", "NORP")]),
    ],
)
def test_gazetteers_add_what_the_model_missed(text: str, names: list[tuple[str, str]]) -> None:
    assert names_of(tagged(text)) == names


def test_country_tagged_as_person_is_a_country() -> None:
    assert names_of(tagged("Qatar condemned it.", Qatar="PERSON")) == [("Qatar", "GPE")]


def test_country_name_that_is_a_surname_stays_with_its_bearer() -> None:
    doc = tagged("Michael Jordan won. Jordan was glad.", Michael_Jordan="PERSON")
    assert names_of(doc) == [("Michael Jordan", "PERSON"), ("Jordan", "PERSON")]


def test_neighbouring_peoples_are_one_name() -> None:
    assert names_of(tagged("British Indian voters", British="NORP", Indian="NORP")) == [("British Indian", "NORP")]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("the Collective Security Treaty Organization (CSTO) met", ("Collective Security Treaty Organization", "CSTO")),
        ("the Office for National Statistics (ONS) said", ("Office for National Statistics", "ONS")),
    ],
)
def test_acronym_after_its_full_name(text: str, pair: tuple[str, str]) -> None:
    doc = NLP(text)
    ((full, short),) = find_acronyms(doc)
    assert (doc[slice(*full)].text, doc[slice(*short)].text) == pair
    assert names_of(doc) == [(pair[0], "ORG"), (pair[1], "ORG")]


def test_full_name_after_its_acronym() -> None:
    doc = tagged("NUP (National Unity Platform) rose.", National_Unity_Platform="ORG")
    assert names_of(doc) == [("NUP", "ORG"), ("National Unity Platform", "ORG")]


def test_acronym_of_a_thing_is_no_organisation() -> None:
    doc = tagged("Liquefied Petroleum Gas (LPG) rose. LPG fell.", Liquefied_Petroleum_Gas="PERSON", LPG="ORG")
    assert names_of(doc) == [("Liquefied Petroleum Gas", "PRODUCT"), ("LPG", "PRODUCT"), ("LPG", "PRODUCT")]


@pytest.mark.parametrize(
    ("text", "labels", "names"),
    [
        ("The GDP grew.", {"GDP": "ORG"}, []),
        ("Its CEO left.", {"CEO": "ORG"}, []),
        ("DACA ended.", {"DACA": "ORG"}, [("DACA", "LAW")]),
        (
            "Deferred Action for Childhood Arrivals (DACA) ended.",
            {"Deferred_Action_for_Childhood_Arrivals": "ORG", "DACA": "ORG"},
            [("Deferred Action for Childhood Arrivals", "LAW"), ("DACA", "LAW")],
        ),
        (
            "The Greater Denton Partnership (GDP) met. GDP grew.",
            {"Greater_Denton_Partnership": "ORG", "GDP": "ORG"},
            [("Greater Denton Partnership", "ORG"), ("GDP", "ORG"), ("GDP", "ORG")],
        ),
    ],
)
def test_acronym_of_no_organisation_is_none_unless_the_article_spells_out_another(
    text: str, labels: dict[str, str], names: list[tuple[str, str]]
) -> None:
    assert names_of(tagged(text, **labels)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He lives in Chillicothe, OH and works.", [("Chillicothe", "GPE"), ("OH", "GPE")]),
        ("Write to 111 Market Place, Baltimore, MD 21202.", [("Baltimore", "GPE"), ("MD", "GPE")]),
        ("Ask Harry Zzyzkx, MD, for help.", []),
        ("Was it him, OR her?", []),
    ],
)
def test_postal_code_of_a_state_behind_a_town_is_a_place(text: str, names: list[tuple[str, str]]) -> None:
    assert names_of(NLP(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a cheap hotel in san francisco california please", [("san francisco", "GPE"), ("california", "GPE")]),
        ("they drove from chicago to new york", [("chicago", "GPE"), ("new york", "GPE")]),
        ("what did you learn from reading it", []),
        ("The shop sold Meissen plates in kerala", []),
    ],
)
def test_places_without_capitals_are_found_where_nothing_has_capitals(text: str, names: list[tuple[str, str]]) -> None:
    doc = NLP(text)
    doc[0].is_sent_start = True
    for token in doc[1:]:
        token.is_sent_start = False
    assert [name for name in names_of(doc) if name[0].islower()] == names


def test_majority_label_wins_inside_an_article() -> None:
    doc = NLP("Zorbek said so. Zorbek left. Zorbek came back.")
    doc.ents = [Span(doc, 0, 1, "PERSON"), Span(doc, 4, 5, "PERSON"), Span(doc, 7, 8, "ORG")]
    assert names_of(doc) == [("Zorbek", "PERSON")] * 3


def test_bare_surname_of_a_person_is_a_person() -> None:
    doc = NLP("Raila Odinga lost. Odinga left. Odinga spoke.")
    doc.ents = [Span(doc, 0, 2, "PERSON"), Span(doc, 4, 5, "GPE"), Span(doc, 7, 8, "GPE")]
    assert names_of(doc) == [("Raila Odinga", "PERSON"), ("Odinga", "PERSON"), ("Odinga", "PERSON")]


def test_untagged_occurrence_is_added() -> None:
    doc = NLP("Hemedti commands it. Later Hemedti left.")
    doc.ents = [Span(doc, 0, 1, "PERSON")]
    found = find_names(doc, load_lexicon(REFERENCE))
    assert [(doc[m.start : m.end].text, m.method) for m in found] == [("Hemedti", "model"), ("Hemedti", "propagated")]


def test_places_in_a_list() -> None:
    doc = tagged(
        "Protests erupted in Almaty, Nur Sultan, and the Mangistau province.",
        Almaty="GPE",
        Nur_Sultan="PERSON",
        Mangistau="GPE",
    )
    assert names_of(doc) == [("Almaty", "GPE"), ("Nur Sultan", "GPE"), ("Mangistau", "GPE")]


def test_byline_names_nobody() -> None:
    assert names_of(tagged("By Anna Li and Bo Chan\n\nAll was calm.", Anna_Li="PERSON", Bo_Chan="PERSON")) == []


def test_component_keeps_records_and_spans() -> None:
    doc = create_names(NLP, "names", REFERENCE)(tagged("Tokayev spoke.", Tokayev="PERSON"))
    assert [(m.start, m.end, m.label, m.mention_type) for m in doc._.mentions] == [(0, 1, "PERSON", "name")]
    assert [(span.text, span.label_) for span in doc.spans["mentions"]] == [("Tokayev", "PERSON")]


@pytest.mark.parametrize(
    ("text", "tags", "names"),
    [
        ("She left Decatur, Ga., today.", {"Decatur": "PERSON"}, [("Decatur", "GPE"), ("Ga.", "GPE")]),
        ("Fires burn in W.Va. again.", {}, [("W.Va.", "GPE")]),
        ("They went to Mass. Then they left.", {}, []),
        ("BEIRUT: Troops left.", {}, [("BEIRUT", "GPE")]),
        ("UPDATE: Troops left.", {}, []),
    ],
)
def test_places_are_known_by_how_print_writes_them(
    text: str, tags: dict[str, str], names: list[tuple[str, str]]
) -> None:
    assert names_of(tagged(text, **tags)) == names


def test_supposed_place_that_nothing_shows_to_be_one_is_none() -> None:
    assert names_of(tagged("Salmonellosis spread.", Salmonellosis="GPE")) == []


def test_unknown_place_is_one_where_something_happens_in_it() -> None:
    assert names_of(tagged("Fever broke out in Kambunguru.", Kambunguru="GPE")) == [("Kambunguru", "GPE")]


def test_body_named_after_a_place_is_no_place() -> None:
    doc = tagged("Henderson County Jail burned.", Henderson_County_Jail="GPE")
    assert names_of(doc) == [("Henderson County Jail", "ORG")]


def test_family_name_in_front_is_a_surname() -> None:
    doc = tagged("Kim Jong Un spoke. They met Kim again.", Kim_Jong_Un="PERSON", Kim="PERSON")
    assert names_of(doc) == [("Kim Jong Un", "PERSON"), ("Kim", "PERSON")]


def test_last_part_behind_a_hyphen_belongs_to_the_person() -> None:
    assert names_of(tagged("He met Kim Jong-un there.", **{"Kim_Jong-un": "PERSON"})) == [("Kim Jong-un", "PERSON")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Two African-American voters left.", [("African-American", "NORP")]),
        ("The Russian-American talks ended.", [("Russian", "NORP"), ("American", "NORP")]),
        ("An English-language paper closed.", []),
        ("The Spanish-speaking voters left.", []),
        ("The German parliament met.", [("German", "NORP")]),
    ],
)
def test_hyphens_join_origins_and_languages_name_nobody(text: str, names: list[tuple[str, str]]) -> None:
    assert names_of(NLP(text)) == names


def test_what_a_river_and_a_company_share_is_left_to_the_model() -> None:
    assert names_of(NLP("She ordered it from Amazon.")) == []
    assert names_of(tagged("She ordered it from Amazon.", Amazon="ORG")) == [("Amazon", "ORG")]
