"""Write the secrets of a server installation into deploy/secrets, once: `python3 deploy/make_secrets.py`.

What is there already is kept: a second run changes nothing. The folder is closed to everybody but its owner; the files inside can
be read by all, because the users inside the containers read them as mounted.
"""

import base64
import secrets
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "secrets"


def main() -> int:
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    FOLDER.chmod(0o700)
    owner = write("owner_password", password())
    app = write("app_password", password())
    broker = write("broker_password", password())
    write("postgres_password", password())
    write("SECRET_KEY", secrets.token_urlsafe(48))
    write("FIELD_KEYS", f"1:{key()}")
    write("BLIND_INDEX_KEY", key())
    write("DATABASE_URL", f"postgresql://app:{app}@postgres:5432/chitra")
    write("DATABASE_OWNER_URL", f"postgresql://owner:{owner}@postgres:5432/chitra")
    write("BROKER_URL", f"redis://:{broker}@broker:6379/0")
    write("broker.conf", broker_configuration(broker))
    return 0


def broker_configuration(broker_password: str) -> str:
    """Queued tasks are kept on disk, and none is thrown away when memory runs short."""
    return "\n".join(
        [
            f"requirepass {broker_password}",
            "dir /data",
            "appendonly yes",
            "appendfsync everysec",
            'save ""',
            "maxmemory-policy noeviction",
            "",
        ]
    )


def password() -> str:
    return secrets.token_urlsafe(24)


def key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def write(name: str, value: str) -> str:
    """The value of the file; the given one when it is new. Without a newline at the end: it would be part of the secret."""
    path = FOLDER / name
    if path.exists():
        print(f"kept     {path.name}")
    else:
        path.touch(mode=0o600)
        path.write_text(value)
        path.chmod(0o444)
        print(f"written  {path.name}")
    return path.read_text()


if __name__ == "__main__":
    sys.exit(main())
