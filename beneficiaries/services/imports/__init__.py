"""The import of a list, one module per use-case: upload, check, correct, accept, commit, give back marked."""
