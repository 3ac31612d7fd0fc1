"""R-FILE-10: the process in which files are decoded has limits, and cannot reach out."""

import resource
import subprocess
import sys
import time

import pytest

from pulih.common import limited
from pulih.common.limited import MEGABYTE, Bounds, DecodingStopped, decode

SMALL = Bounds(memory_bytes=200 * MEGABYTE, cpu_seconds=1, wall_seconds=30)


@pytest.fixture
def doing(monkeypatch):
    """Let the process do a few lines on `file` and `out`, in its real bounds."""

    def do(lines, content=b"isi", bounds=SMALL):
        start = (
            "import sys, types; sys.path.insert(0, sys.argv.pop(1))\n"
            "import socket\n"
            "from pulih.common import limited\n"
            "def work(file, out, arguments):\n"
            + "".join(f"    {line}\n" for line in lines.splitlines())
            + "sys.modules['deed'] = types.SimpleNamespace(work=work)\n"
            "limited.main()\n"
        )
        monkeypatch.setattr(limited, "START", start)
        return decode("deed", ["kata"], content, bounds)

    return do


def test_it_answers_about_the_bytes_it_is_given(doing):
    assert doing("out.write(file.read() + arguments[0].encode())") == b"isikata"


def test_it_has_no_more_memory_than_its_bounds(doing):
    with pytest.raises(DecodingStopped) as stopped:
        doing("bytearray(300 << 20)")

    assert not stopped.value.took_too_long


def test_it_has_no_more_of_the_processor_than_its_bounds(doing):
    with pytest.raises(DecodingStopped) as stopped:
        doing("while True: pass")

    assert stopped.value.took_too_long


def test_it_has_no_more_time_than_its_bounds(doing):
    begun = time.monotonic()

    with pytest.raises(DecodingStopped) as stopped:
        doing("import time; time.sleep(60)", bounds=Bounds(200 * MEGABYTE, 5, wall_seconds=1))

    assert stopped.value.took_too_long
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize(
    "deed",
    [
        "open('/etc/hostname')",
        "open('/tmp/ditulis', 'w')",
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 9))",
        "import os; os.pipe()",
        "import subprocess; subprocess.run(['true'])",
    ],
)
def test_it_opens_no_file_no_network_and_no_program(doing, deed):
    told = doing(f"try: {deed}\nexcept OSError as no: out.write(str(no.errno).encode())")

    assert told == b"24"


def test_it_knows_nothing_of_the_environment(doing, monkeypatch):
    monkeypatch.setenv("PULIH_KEY_FILE", "/kunci")

    assert b"PULIH" not in doing("import os; out.write(repr(dict(os.environ)).encode())")


def test_the_server_does_not_grow_by_what_a_file_unpacks_to(doing):
    # Peak of this process before and after; the other one has used half of its 200 MB.
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    doing("bytearray(100 << 20)", content=b"x" * MEGABYTE)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert (after - before) * 1024 < 50 * MEGABYTE


def test_bytes_reach_it_through_memory_alone(monkeypatch):
    seen = []

    class Watched(subprocess.Popen):
        def __init__(self, *args, stdin, **options):
            seen.append(stdin.fileno())
            super().__init__(*args, stdin=stdin, **options)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    monkeypatch.setattr(limited, "START", f"import sys; sys.stdout.write({sys.executable!r})")
    monkeypatch.setattr(limited.os, "memfd_create", memfd := Counted(limited.os.memfd_create))

    decode("x", [], b"rahasia", SMALL)

    assert seen == memfd.given


class Counted:
    """A function whose answers are kept."""

    def __init__(self, inner):
        self.inner, self.given = inner, []

    def __call__(self, *args):
        self.given.append(self.inner(*args))
        return self.given[-1]


def test_the_source_may_be_a_file_on_the_disk(doing, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"dari berkas")

    assert doing("out.write(file.read())", content=path) == b"dari berkas"
