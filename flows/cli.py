"""The command `dateline`."""

import argparse
import os
import sys
import textwrap
import traceback
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from flows.line import LOCK_NAME, STAGES, find_inputs, has_work, make_settings, run_stage
from flows.progress import show_progress
from flows.status import describe_status
from tasks.clean.readers import keep_stdin, parse_column
from tasks.clean.web.address import Input
from tasks.errors import DatelineError, InputNotFoundError
from tasks.settings import Settings
from tasks.storage import hold_lock

DONE, FAILED, WRONG_USE = 0, 1, 2
MAX_CELL = 160
STDIN = "-"
INPUT_HELP = (
    "files, folders, archives, addresses of pages and feeds, files that list them (text, OPML), - for standard input; "
    "without any, DATA/raw if it holds anything, else the sample articles"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the result is the exit code: 0 done, 1 failed, 2 wrong use."""
    options = build_parser().parse_args(arguments)
    settings = make_settings(
        options.data,
        getattr(options, "model", None),
        getattr(options, "workers", 1),
        dict(getattr(options, "map", ())),
        offline=getattr(options, "offline", False),
        allow_private=getattr(options, "allow_private", ()),
    )
    try:
        code: int = options.command(options, settings)
    except DatelineError as error:
        if options.debug:
            raise
        print(f"dateline: {error}", file=sys.stderr)
        return WRONG_USE if isinstance(error, InputNotFoundError) else FAILED
    except KeyboardInterrupt:
        print("dateline: stopped; run the same command again to take up where it stopped.", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        if options.debug:
            raise
        print(f"dateline: {error.strerror or error}: {error.filename or settings.data_dir}.", file=sys.stderr)
        return FAILED
    except Exception as error:
        if options.debug:
            raise
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        print(
            f"dateline: unexpected {type(error).__name__} at {where}: {first_line(error)}; --debug shows more.",
            file=sys.stderr,
        )
        return FAILED
    return code


def build_parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="dateline", description="News articles in, a DuckDB warehouse of entities, events and quotes out."
    )
    parser.add_argument("--version", action="version", version=f"dateline {version('dateline-news')}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    run = _add(commands, "run", run_line, "run the whole line: clean, extract, normalize, load")
    _add_inputs(run)
    run.add_argument("--force", action="store_true", help="redo everything, stale or not")
    run.add_argument("--no-prefect", action="store_true", help="run the same functions without Prefect")
    _add_extract_options(run)
    run.add_argument("--dask", metavar="ADDRESS", help="extract on this Dask cluster, which must see the same files")
    for stage in STAGES:
        command = _add(commands, stage, run_one_stage, f"run the stage {stage} alone")
        command.set_defaults(stage=stage)
        command.add_argument("--force", action="store_true", help="redo all of it, stale or not")
        if stage == "clean":
            _add_inputs(command)
        if stage == "extract":
            _add_extract_options(command)
    _add(commands, "status", show_status, "show what is fresh, stale, rejected and published")
    sql = _add(commands, "sql", run_sql, "run a read-only query on the warehouse")
    sql.add_argument("query", help='for example "from quotes limit 5"')
    explain = _add(commands, "explain", explain_row, "show where a row comes from, or why a sentence has no event")
    explain.add_argument("row_id", help="any id of the warehouse; ARTICLE_ID:SENTENCE_INDEX; or a sentence in quotes")
    check = _add(
        commands, "check-ontology", check_event_files, "say what is wrong with the files that define types of events"
    )
    check.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="the folder that has them (default: the one that runs use)"
    )
    serve = _add(commands, "serve", serve_line, "run the line on a schedule")
    _add_inputs(serve)
    serve.add_argument("--cron", required=True, help='when, for example "0 * * * *" for every hour')
    _add_extract_options(serve)
    return parser


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    function: Callable[[argparse.Namespace, Settings], int],
    help_text: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text, description=help_text[0].upper() + help_text[1:] + ".")
    command.add_argument(
        "--data", type=Path, default=Path("data"), metavar="DIR", help="where data lives (default ./data)"
    )
    command.add_argument("--debug", action="store_true", help="show tracebacks and what Prefect logs")
    command.set_defaults(command=function)
    return command


def _add_inputs(command: argparse.ArgumentParser) -> None:
    command.add_argument("inputs", nargs="*", metavar="INPUT", help=INPUT_HELP)
    command.add_argument(
        "--map",
        action="append",
        type=_column,
        default=[],
        metavar="FIELD=COLUMN",
        help="the column of records that holds a field, such as body=content_original; may be given again",
    )
    command.add_argument("--offline", action="store_true", help="read pages and feeds as they were last fetched")
    command.add_argument(
        "--allow-private",
        action="append",
        default=[],
        metavar="HOST:PORT",
        help="fetch from this host although its address is private; may be given again",
    )


def _column(text: str) -> tuple[str, str]:
    try:
        return parse_column(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _add_extract_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--workers", type=_positive, default=os.cpu_count() or 1, metavar="N", help="processes that read"
    )
    command.add_argument("--model", metavar="NAME_OR_PATH", help="another spaCy pipeline with a parser and entities")


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return value


def _find_inputs(options: argparse.Namespace, settings: Settings) -> list[Input]:
    if STDIN not in options.inputs:
        return find_inputs(settings, options.inputs)
    kept = keep_stdin(sys.stdin.buffer, settings.stdin_dir)
    return find_inputs(settings, [item for item in options.inputs if item != STDIN] + [kept])


def run_line(options: argparse.Namespace, settings: Settings) -> int:
    """`dateline run`: ends at once where nothing is stale."""
    inputs = _find_inputs(options, settings)
    if not options.force and not has_work(settings, inputs):
        print(f"Nothing new in {', '.join(str(path) for path in inputs)}; {settings.warehouse_path} is up to date.")
        return DONE
    with show_progress():
        summaries = _run_plainly(options, settings, inputs) if options.no_prefect else _run_prefect(options, inputs)
    print("\n".join(summaries))
    return DONE


def _run_plainly(options: argparse.Namespace, settings: Settings, inputs: list[Input]) -> list[str]:
    with hold_lock(settings.data_dir / LOCK_NAME):
        return [run_stage(stage, settings, inputs=inputs, force=options.force) for stage in STAGES]


def _run_prefect(options: argparse.Namespace, inputs: list[Input]) -> list[str]:
    configure_prefect(options.data, debug=options.debug)
    from flows.pipeline import pipeline

    try:
        return pipeline(
            inputs=[str(path) for path in inputs],
            data_dir=str(options.data),
            model=options.model,
            workers=options.workers,
            dask=options.dask,
            force=options.force,
            columns=dict(options.map),
            offline=options.offline,
            allow_private=options.allow_private,
        )
    except RuntimeError as error:
        raise DatelineError(f"Prefect failed ({first_line(error)}); the same run without it: --no-prefect.") from error


def first_line(error: Exception) -> str:
    """The first line of what an error says, without its final stop."""
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")


def configure_prefect(data_dir: Path, *, debug: bool) -> None:
    """Sets what Prefect reads from the environment, unless the user has: offline, quiet, its home under data/."""
    data_dir.mkdir(parents=True, exist_ok=True)
    defaults = {
        "PREFECT_HOME": str((data_dir / ".prefect").absolute()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_LOGGING_LEVEL": "INFO" if debug else "CRITICAL",
        "DO_NOT_TRACK": "1",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)


def run_one_stage(options: argparse.Namespace, settings: Settings) -> int:
    """`dateline clean | extract | normalize | load`: one stage, plainly."""
    inputs = _find_inputs(options, settings) if options.stage == "clean" else []
    with hold_lock(settings.data_dir / LOCK_NAME), show_progress():
        summary = run_stage(options.stage, settings, inputs=inputs, force=options.force)
    print(summary)
    return DONE


def show_status(options: argparse.Namespace, settings: Settings) -> int:
    """`dateline status`."""
    print("\n".join(describe_status(settings)))
    return DONE


def run_sql(options: argparse.Namespace, settings: Settings) -> int:
    """`dateline sql`: a table on a terminal, tab-separated values elsewhere."""
    from tasks.load.query import run_query

    columns, rows = run_query(settings.warehouse_path, options.query)
    if not sys.stdout.isatty():
        print("\t".join(columns))
        for row in rows:
            print("\t".join("" if cell is None else str(cell).replace("\t", " ").replace("\n", " ") for cell in row))
        return DONE
    table = Table(*columns)
    for row in rows:
        table.add_row(*("" if cell is None else textwrap.shorten(str(cell), MAX_CELL, placeholder="…") for cell in row))
    Console().print(table)
    return DONE


def explain_row(options: argparse.Namespace, settings: Settings) -> int:
    """`dateline explain`."""
    from tasks.load.explain import explain
    from tasks.load.explain_events import explain_sentence, is_sentence

    is_text = is_sentence(options.row_id)
    found = explain_sentence(settings, options.row_id) if is_text else explain(settings.warehouse_path, options.row_id)
    print("\n".join(found))
    return DONE


def check_event_files(options: argparse.Namespace, settings: Settings) -> int:
    """`dateline check-ontology`: a line for each problem; 1 where there is any."""
    from tasks.nlp.ontology_check import check_ontology, count_rows

    folder = options.folder or settings.reference_dir
    if not folder.is_dir():
        raise InputNotFoundError(f"There is no folder {folder}; give one like seeds/reference.")
    problems = check_ontology(folder)
    if problems:
        print("\n".join(str(problem) for problem in problems))
        return FAILED
    counts = count_rows(folder)
    print(f"No problems: {counts['event_types']} types, {counts['event_patterns']:,} patterns in {folder}.")
    return DONE


def serve_line(options: argparse.Namespace, settings: Settings) -> int:
    """`dateline serve`: runs until it is stopped."""
    inputs = [item.absolute() if isinstance(item, Path) else item for item in _find_inputs(options, settings)]
    configure_prefect(options.data, debug=True)
    from flows.schedule import serve

    settings.raw_dir.mkdir(parents=True, exist_ok=True)
    what = ", ".join(options.inputs) or f"the drop folder {settings.raw_dir}"
    print(f"Serving {what} at {options.cron}; stop with Ctrl-C.", flush=True)
    parameters = {
        "inputs": [str(item) for item in inputs] if options.inputs else [],
        "data_dir": str(settings.data_dir.absolute()),
        "model": options.model,
        "workers": options.workers,
        "columns": dict(options.map),
        "offline": options.offline,
        "allow_private": options.allow_private,
    }
    serve(options.cron, parameters)
    return DONE


if __name__ == "__main__":
    sys.exit(main())
