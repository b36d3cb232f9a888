"""The stage that turns mentions into entities, places, events and quotes."""
