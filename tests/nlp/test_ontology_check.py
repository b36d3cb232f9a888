"""The ontology check: every kind of problem in a broken copy of the shipped files, in one sentence."""

import shutil
from pathlib import Path

import pytest

from flows.cli import main
from tasks.nlp.ontology_check import COLUMNS, Problem, check_ontology, parse_table
from tasks.settings import Settings

SHIPPED = Settings().reference_dir
ROW = "v.zz,VERB,zz,,@actor,with,both,CONSULT,,,subj,obj,,"
ADDED = [
    ("event_patterns", ROW.replace("CONSULT", "WAR"), "event_type WAR is not in event_types.csv"),
    ("event_patterns", ROW.replace("CONSULT,", "CONSULT,tea"), "event_mode tea of CONSULT is not in event_modes.csv"),
    ("event_patterns", ROW.replace("@actor", "@dragon"), "object @dragon is no class in event_classes.csv"),
    ("event_patterns", ROW.replace("@actor", "@DRAGON"), "object @DRAGON is no label"),
    ("event_patterns", ROW.replace("@actor", "*|tea"), "object has * among other words"),
    ("event_patterns", ROW.replace(",with,", ",with:,"), "preposition with: is neither a word nor word:condition"),
    ("event_patterns", ROW.replace(",with,", ",with:@dragon,"), "preposition @dragon is no class in event_classes.csv"),
    ("event_patterns", ROW.replace("both", "magic"), "requires magic is unknown"),
    ("event_patterns", ROW.replace("subj", "subject"), "actor subject is no slot"),
    ("event_patterns", ROW.replace("obj,", "pp:,"), "recipient pp: is no slot"),
    ("event_patterns", ROW.replace("VERB", "ADV"), "pos ADV is unknown"),
    ("event_patterns", ROW.replace(",zz,", ",Zz,"), "lemma Zz has capitals"),
    ("event_patterns", ROW.replace(",zz,", ",zz up on,"), "lemma zz up on has more words than a pattern"),
    ("event_patterns", ROW.replace("CONSULT,,", "CONSULT,,tea"), "contexts tea is not in event_contexts.csv"),
    ("event_patterns", ROW.replace("v.zz", "v.agree"), "rule_id v.agree stands already on line 3"),
    ("event_patterns", ROW.replace("v.zz", ""), "rule_id is empty"),
    ("event_patterns", ROW + ",", "15 cells where the first line has 14"),
    ("event_types", "TEA,,,,,Drinks tea", "no pattern gives the type TEA"),
    ("event_types", "AGREE,03,verbal cooperation,2,,", "event_type AGREE stands already on line 4"),
    ("event_types", "TEA,99,verbal cooperation,2,,", "cameo_code 99 is not in cameo_roots.csv"),
    ("event_types", "TEA,03,hot cooperation,2,,", "quad_class hot cooperation is unknown"),
    ("event_types", "TEA,03,verbal cooperation,11,,", "goldstein 11 is no number from -10 to 10"),
    ("event_types", "TEA,03,verbal cooperation,much,,", "goldstein much is no number from -10 to 10"),
    ("event_types", "TEA,03,verbal cooperation,nan,,", "goldstein nan is no number from -10 to 10"),
    ("event_types", "TEA,03,verbal cooperation,2,WAR,", "planned_as WAR is not in event_types.csv"),
    ("event_types", "TEA,,verbal cooperation,2,,", "TEA has a quad class and no CAMEO code"),
    ("event_modes", "WAR,hot,,,,", "event_type WAR is not in event_types.csv"),
    ("event_modes", "AGREE,tea,,tea,,", "echo_mode tea is not in the modes of REQUEST and REJECT"),
    ("event_modes", "AGREE,tea,-11,,,", "goldstein -11 is no number from -10 to 10"),
    ("cameo_roots", "7,Drink tea,AID", "7 is no CAMEO root"),
    ("cameo_roots", "21,Drink tea,WAR", "event_types WAR is not in event_types.csv"),
    ("event_classes", "loop,cup|@loop", "the class loop takes in itself"),
    ("event_classes", "cups,@dragon", "lemmas @dragon is no class in event_classes.csv"),
    ("event_contexts", "tea,,Tea", "lemmas is empty"),
    ("event_standing", "sip,VERB,clause,sweet", "effect sweet is unknown"),
    ("event_light_verbs", "sip,,drinker", "role drinker is unknown"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped event files."""
    for name in COLUMNS:
        shutil.copy(SHIPPED / f"{name}.csv", tmp_path)
    return tmp_path


def add_line(folder: Path, name: str, line: str) -> int:
    """The number of the line that was put at the end of a file."""
    path = folder / f"{name}.csv"
    path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n{line}\n", encoding="utf-8")
    return len(path.read_text(encoding="utf-8").splitlines())


def test_shipped_files_have_no_problems() -> None:
    assert check_ontology(SHIPPED) == []


@pytest.mark.parametrize(("name", "line", "what"), ADDED, ids=[what[:40] for _, _, what in ADDED])
def test_broken_row_is_named_with_its_line(folder: Path, name: str, line: str, what: str) -> None:
    number = add_line(folder, name, line)
    found = [(p.file, p.line, p.what) for p in check_ontology(folder)]
    assert (name, number, what) in found
    assert {(file, place) for file, place, _ in found} == {(name, number)}


def test_type_needs_a_row_and_a_pattern(folder: Path) -> None:
    add_line(folder, "event_types", "FESTIVAL,,,,,A festival is held")
    add_line(folder, "event_patterns", "v.open.festival,VERB,open,festival|carnival,,,,FESTIVAL,,,subj,,,")
    add_line(folder, "event_patterns", "n.festival,NOUN,festival,,,,carried,FESTIVAL,,,pp:of|subj,,,")
    assert check_ontology(folder) == []


def test_problem_is_one_sentence_with_what_to_do(folder: Path) -> None:
    number = add_line(folder, "event_patterns", ROW.replace("CONSULT", "WAR"))
    (problem,) = check_ontology(folder)
    what = "event_type WAR is not in event_types.csv; add a row there or correct the cell"
    assert str(problem) == f"event_patterns.csv, line {number}: {what}."


def test_all_problems_come_at_once_in_order_of_files(folder: Path) -> None:
    add_line(folder, "event_patterns", ROW.replace("both", "magic").replace("subj", "subject"))
    add_line(folder, "event_types", "TEA,,,,,")
    assert [p.file for p in check_ontology(folder)] == ["event_types", "event_patterns", "event_patterns"]


def test_missing_file_is_one_problem_and_the_others_are_still_checked(folder: Path) -> None:
    (folder / "event_classes.csv").unlink()
    number = add_line(folder, "event_light_verbs", "sip,,drinker")
    found = [(p.file, p.line) for p in check_ontology(folder)]
    assert found == [("event_classes", None), ("event_light_verbs", number)]


def test_wrong_encoding_is_named_with_its_line(folder: Path) -> None:
    path = folder / "event_types.csv"
    path.write_bytes("event_type\nCAFÉ\n".encode("latin-1"))
    assert check_ontology(folder) == [Problem("event_types", 2, "byte 0xc9 is not UTF-8", "save the file in UTF-8")]


def test_byte_order_mark_is_a_problem(folder: Path) -> None:
    path = folder / "irregular_forms.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert [(p.file, p.line) for p in check_ontology(folder)] == [("irregular_forms", 1)]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("form\nwent\n", 1, "the column lemma is missing"),
        ("# a comment\n\nform,lemma,note\nwent,go,\n", 3, "nothing reads the column note"),
        ("form,lemma,form\nwent,go,went\n", 1, "a column stands twice"),
        ("", None, "it has no rows"),
        ("# a comment\n", None, "it has no rows"),
    ],
)
def test_wrong_columns(text: str, line: int | None, what: str) -> None:
    rows, problems = parse_table("irregular_forms", text, COLUMNS["irregular_forms"])
    assert rows == []
    assert [(p.line, p.what) for p in problems] == [(line, what)]


def test_header_without_rows_is_an_empty_table() -> None:
    assert parse_table("irregular_forms", "form,lemma\n", COLUMNS["irregular_forms"]) == ([], [])


def test_command_says_what_is_wrong_and_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = add_line(folder, "event_light_verbs", "sip,,drinker")
    assert main(["check-ontology", str(folder)]) == 1
    what = "role drinker is unknown; use one of actor, recipient, undone, none"
    assert capsys.readouterr().out == f"event_light_verbs.csv, line {number}: {what}.\n"


def test_command_without_problems_counts_types_and_patterns(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "event_patterns.csv").write_text(
        f"{','.join(COLUMNS['event_patterns'])}\nv.zz,VERB,zz,,,,,CONSULT,,,subj,obj,,\n", encoding="utf-8"
    )
    header = ",".join(COLUMNS["event_types"])
    modes = ",".join(COLUMNS["event_modes"])
    roots = ",".join(COLUMNS["cameo_roots"])
    (folder / "event_types.csv").write_text(f"{header}\nCONSULT,04,verbal cooperation,2.5,,\n", encoding="utf-8")
    (folder / "event_modes.csv").write_text(f"{modes}\nCONSULT,,,,,\n", encoding="utf-8")
    (folder / "cameo_roots.csv").write_text(f"{roots}\n04,Consult,CONSULT\n", encoding="utf-8")
    assert main(["check-ontology", str(folder)]) == 0
    assert capsys.readouterr().out == f"No problems: 1 types, 1 patterns in {folder}.\n"


def test_command_on_a_missing_folder_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-ontology", str(tmp_path / "none")]) == 2
    assert (
        capsys.readouterr().err == f"dateline: There is no folder {tmp_path / 'none'}; give one like seeds/reference.\n"
    )
