"""What the tests stand on: their databases, their worker and web server, their browser."""
