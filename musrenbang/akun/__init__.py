"""People and their accounts: sign-in, codes, passwords, sessions."""
