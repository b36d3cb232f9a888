"""load: Parquet of all stages to a DuckDB warehouse with SQL models and checks, published whole or not at all."""
