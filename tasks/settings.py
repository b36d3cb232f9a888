"""One frozen settings object, made at the edge and passed in."""

from dataclasses import dataclass
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parents[1]
DEFAULT_MODEL = PROJECT_DIR / "models" / "dateline_en"
DEFAULT_INPUT = PROJECT_DIR / "seeds" / "articles"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a run is asked to do: where data lives, which model reads, how many processes work."""

    data_dir: Path = Path("data")
    reference_dir: Path = PROJECT_DIR / "seeds" / "reference"
    sql_dir: Path = PROJECT_DIR / "sql"
    model: str = str(DEFAULT_MODEL)
    workers: int = 2
    batch_size: int = 256
    max_input_bytes: int = 20_000_000
    max_unpacked_bytes: int = 100_000_000_000
    columns: tuple[tuple[str, str], ...] = ()
    snapshots_kept: int = 5
    offline: bool = False
    allow_private: tuple[str, ...] = ()
    fetch_delay: float = 1.0

    @property
    def raw_dir(self) -> Path:
        """The drop folder."""
        return self.data_dir / "raw"

    @property
    def stdin_dir(self) -> Path:
        """Where standard input is kept while it is the input."""
        return self.data_dir / "clean" / "stdin"

    @property
    def web_dir(self) -> Path:
        """Where pages and feeds are kept as they were fetched."""
        return self.data_dir / "clean" / "web"

    @property
    def warehouse_path(self) -> Path:
        """The published DuckDB file."""
        return self.data_dir / "warehouse.duckdb"
