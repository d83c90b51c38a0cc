"""`python -m core.document_worker`: lays out documents from standard input to standard output (core/document_pool.py)."""

import sys


def main() -> None:
    """Answer every document with its PDF, or with what is wrong with it, until the input ends."""
    import django

    django.setup()

    from core.document_pool import FAILED, MADE, read_frame, write_frame
    from core.documents import DocumentError, render_html

    source, target = sys.stdin.buffer, sys.stdout.buffer
    while (document := read_frame(source)) is not None:
        try:
            answer = MADE + render_html(document.decode(), is_tagged=False)
        except DocumentError as error:
            answer = FAILED + str(error).encode()
        write_frame(target, answer)


if __name__ == "__main__":
    main()
