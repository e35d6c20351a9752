"""Everything that changes proposals."""
