"""The API of payouts, on the same services and reads as the pages."""
