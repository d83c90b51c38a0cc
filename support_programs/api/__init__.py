"""The API of programmes, cases and lists, on the same services and reads as the pages."""
