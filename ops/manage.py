"""`make -s manage ARGS="..."`: one management command, with the embedded servers started when they aren't.

Prints nothing of its own on standard output, and ends with the command's own exit status.
"""

import os
import subprocess
import sys

from ops.servers import ROOT, ServersError, application_environment


def main() -> int:
    """Run `manage.py` with the given arguments in the caller's folder."""
    try:
        with application_environment() as environment:
            command = [sys.executable, str(ROOT / "manage.py"), *sys.argv[1:]]
            return subprocess.run(command, env=environment, check=False, cwd=os.getcwd()).returncode
    except ServersError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
