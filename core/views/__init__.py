"""Pages that belong to no single app: style guide, errors."""
