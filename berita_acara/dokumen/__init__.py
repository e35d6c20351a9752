"""Every document as JSON-safe data; ``templates/pdf/`` prints it."""
