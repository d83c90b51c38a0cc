"""Running the project on one machine: embedded servers, `make run`, `make manage`, `make demo-reset`.

Not a Django app. Nothing below the composition root imports it; a server installation (docker-compose.yml) doesn't use it.
"""
