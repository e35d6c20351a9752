"""Everything that makes or receives documents."""
