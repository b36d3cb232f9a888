"""The stage that publishes the warehouse."""
