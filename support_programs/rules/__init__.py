"""Rules of a programme as data: read from the catalogue, judged on facts, all pure and dated."""
