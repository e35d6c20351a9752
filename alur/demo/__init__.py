"""The demo: invented people and works, built through the same services as the real thing."""
