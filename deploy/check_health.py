"""Ends with 0 when the web server of this container says that its database and broker answer."""

import http.client
import sys

# Host and scheme as the proxy sends them: without, the answer would be a redirection to https.
connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=8)
connection.request("GET", "/health/", headers={"Host": "127.0.0.1", "X-Forwarded-Proto": "https"})
sys.exit(0 if connection.getresponse().status == http.client.OK else 1)
