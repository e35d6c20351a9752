"""``periksa.pyz``: checks an event's ZIP with the standard library alone, away from any server (``make periksa``)."""
