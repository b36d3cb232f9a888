"""Where the stage meets the web: inputs sorted by kind, the store brought up to date, and what it holds."""

from collections.abc import Sequence
from pathlib import Path

from tasks.clean.readers import list_files
from tasks.clean.web.address import Input, is_address
from tasks.clean.web.client import Manners, WebClient
from tasks.clean.web.intake import Plan, Progress, WebItem, list_items, plan_inputs, update_feed_file, update_store
from tasks.clean.web.store import Store
from tasks.settings import Settings


def plan_run(inputs: Sequence[Input], settings: Settings) -> Plan:
    """The inputs sorted by kind; raises InputNotFoundError where a path does not exist or no file is below it."""
    addresses = [item for item in inputs if isinstance(item, str) and is_address(item)]
    paths = [Path(item) for item in inputs if not (isinstance(item, str) and is_address(item))]
    return plan_inputs(list_files(paths) if paths else [], addresses, settings.max_input_bytes)


def has_web_sources(inputs: Sequence[Input], settings: Settings) -> bool:
    """Whether only asking the web can tell if anything is new."""
    return not settings.offline and any(source.file is None for source in plan_run(inputs, settings).sources)


def make_client(settings: Settings) -> WebClient:
    """A client with the manners that the settings ask for."""
    allowed = frozenset(host.strip("[]").replace("]:", ":").lower() for host in settings.allow_private)
    return WebClient(Manners(delay=settings.fetch_delay, max_bytes=settings.max_input_bytes, allowed=allowed))


def load_items(plan: Plan, settings: Settings) -> list[WebItem]:
    """What the store holds for the sources of a plan; asks nobody."""
    if not plan.sources:
        return plan.rejects
    with Store(settings.web_dir) as store:
        return list(list_items(plan, store))


def refresh_store(
    plan: Plan, settings: Settings, progress: Progress | None = None, client: WebClient | None = None
) -> None:
    """Asks all addresses of a plan and keeps what is new; offline only feeds in files are read anew."""
    if not plan.sources:
        return
    with Store(settings.web_dir) as store:
        if settings.offline:
            for source in plan.sources:
                if source.file is not None:
                    update_feed_file(source, source.file, store)
        else:
            with client or make_client(settings) as open_client:
                update_store(plan.sources, store, open_client, progress)
