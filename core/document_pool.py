"""Many PDFs at once: several processes lay out documents, and their results come back in the order of the documents.

Laying out takes 8 ms a row and holds one core; a worker of the queue may not fork, so its helpers are programs of their own
(`core.document_worker`) that read documents from their standard input. Nothing of a document touches the disk.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from queue import SimpleQueue
from typing import IO, Final, cast

from django.conf import settings

from core.documents import DocumentError, is_renderer_installed, render_html

LENGTH: Final = 8
MOST_PROCESSES: Final = 4
# a document that makes its worker fail is told from one that was made by the sign before it
MADE: Final = b"+"
FAILED: Final = b"-"


def render_many(documents: Iterable[str], *, processes: int | None = None) -> Iterator[bytes]:
    """The untagged PDFs of whole HTML documents, parts to be joined, in their order; a few more are laid out than are asked
    for, never all at once.

    Errors as `render_html`; DocumentError also when a process dies. One process, or none free: laid out here.
    """
    wanted = min(os.cpu_count() or 1, MOST_PROCESSES) if processes is None else processes
    if wanted < 2 or not is_renderer_installed():
        yield from (render_html(document, is_tagged=False) for document in documents)
        return
    with ExitStack() as stack:
        free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for _ in range(wanted):
            free.put(stack.enter_context(_Worker()))
        pool = stack.enter_context(ThreadPoolExecutor(wanted))
        ahead: deque[Future[bytes]] = deque()
        for document in documents:
            ahead.append(pool.submit(_ask, free, document.encode()))
            if len(ahead) > wanted:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


class _Worker:
    """One process that lays out documents until its input ends."""

    def __enter__(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "core.document_worker"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        return self.process

    def __exit__(self, *_error: object) -> None:
        self.process.kill()
        self.process.communicate()


def _ask(free: "SimpleQueue[subprocess.Popen[bytes]]", document: bytes) -> bytes:
    process = free.get()
    try:
        return _exchange(process, document)
    finally:
        free.put(process)


def _exchange(process: subprocess.Popen[bytes], document: bytes) -> bytes:
    try:
        write_frame(cast("IO[bytes]", process.stdin), document)
        answer = read_frame(cast("IO[bytes]", process.stdout))
    except OSError as broken:
        raise DocumentError("a process that lays out documents died") from broken
    if answer is None:
        raise DocumentError("a process that lays out documents died")
    if answer[:1] == FAILED:
        raise DocumentError(answer[1:].decode())
    return answer[1:]


def write_frame(stream: IO[bytes], content: bytes) -> None:
    """Its length, then the content."""
    stream.write(len(content).to_bytes(LENGTH, "big") + content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """What `write_frame` wrote; None at the end of the stream."""
    head = stream.read(LENGTH)
    if len(head) < LENGTH:
        return None
    length = int.from_bytes(head, "big")
    content = stream.read(length)
    return content if len(content) == length else None
