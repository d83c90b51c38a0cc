"""The API of figures and reports, on the same reads and services as the pages."""
