"""The stage that turns articles into mentions."""
