"""The engine's processes: confined while they work, and none left behind whatever ends."""

from __future__ import annotations

import http.server
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.engine import wire
from kg.engine.base import Limits
from kg.engine.embedded import EmbeddedEngine
from kg.engine.forking import ForkedWorker, ForkLauncher, _Supervisor, can_fork
from kg.engine.zygote import _ending_with
from kg.errors import EngineUnavailable, QueryStopped

PROC = Path("/proc")
pytestmark = pytest.mark.skipif(not (can_fork() and PROC.is_dir()), reason="needs fork and /proc")

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


def children(parent: int) -> list[int]:
    """The numbers of the processes whose parent is ``parent``, those waiting to be reaped among them."""
    found = []
    for folder in PROC.glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(folder.name))
    return sorted(found)


def state(process: int) -> str:
    """One letter: R running, S sleeping, Z waiting to be reaped, empty when there is no such process."""
    try:
        return (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def wait_until(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Look again and again until ``condition`` holds; whether it did before ``seconds`` were over."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.005)
    return True


def ended(process: int) -> bool:
    """Whether a process without a parent of ours has ended: it is for the system to reap it."""
    return state(process) in ("", "Z")


def supervisor(engine: EmbeddedEngine) -> int:
    """The process that the engine's workers are forked from."""
    launcher = engine._launcher
    assert isinstance(launcher, ForkLauncher)
    return launcher._supervisor._process.pid


def with_the_spare(engine: EmbeddedEngine) -> list[int]:
    """The two workers that there are after a first question, when the one kept in reserve has been forked, too."""
    engine.ask("ASK {}")
    assert wait_until(lambda: len(children(supervisor(engine))) == 2)
    return children(supervisor(engine))


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_a_service_that_slips_past_the_guard_reaches_nobody(nquads: bytes, silent: str) -> None:
    requests = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)

        do_POST = do_GET  # noqa: N815 (the name that http.server calls)

    with http.server.HTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        launcher = ForkLauncher(nquads)
        launcher.load()
        worker = launcher.launch()
        query = f"SELECT * {{ SERVICE {silent} <http://127.0.0.1:{server.server_port}/> {{ ?s ?p ?o }} }}"
        reply = wire.finish(worker.exchange(wire.Request(query, 5, 10, 1 << 26), wire.Patience(5)))
        worker.end()
        launcher.close()
        server.shutdown()
        thread.join()
    assert requests == []
    assert reply.kind == (wire.SELECT if silent else wire.OUTSIDE)


def test_a_stopped_worker_is_gone_when_the_error_is_raised(nquads: bytes) -> None:
    with EmbeddedEngine(nquads, "v1") as engine:
        engine.ask("ASK {}")
        for _ in range(3):
            with pytest.raises(Exception, match="Stopped"):
                engine.ask(ENDLESS, limits=Limits(seconds=0.05))
        workers = children(supervisor(engine))
        assert len(workers) <= 2
        assert "Z" not in [state(worker) for worker in workers]


def test_nothing_is_left_after_close(nquads: bytes) -> None:
    before = children(os.getpid())
    engine = EmbeddedEngine(nquads, "v1")
    parent = supervisor(engine)
    engine.ask("ASK {}")
    workers = children(parent)
    engine.close()
    assert workers
    assert children(os.getpid()) == before
    assert [state(worker) for worker in [parent, *workers] if state(worker)] == []


def test_nothing_is_left_when_the_asking_process_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "asks.py"
    script.write_text(
        "from kg.engine.base import Limits\n"
        "from kg.engine.embedded import EmbeddedEngine\n"
        "engine = EmbeddedEngine(b''.join(b'<a:b> <a:c> <a:%d> .\\n' % n for n in range(200)), 'v')\n"
        "engine.ask('ASK {}')\n"
        "print('ready', flush=True)\n"
        f"engine.ask({ENDLESS!r}, limits=Limits(seconds=600))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, env=environment) as asking:
        assert asking.stdout is not None
        assert asking.stdout.readline() == b"ready\n"
        (parent,) = children(asking.pid)
        assert wait_until(lambda: "R" in [state(worker) for worker in children(parent)])
        family = [parent, *children(parent)]
        asking.kill()
    assert wait_until(lambda: all(map(ended, family)))


def test_with_one_place_a_worker_answers_one_question_after_another(nquads: bytes) -> None:
    with EmbeddedEngine(nquads, "v", max_workers=1) as engine:
        workers = with_the_spare(engine)
        for _ in range(5):
            engine.ask("ASK {}")
        assert children(supervisor(engine)) == workers


def test_a_question_that_was_stopped_before_it_was_asked_costs_no_worker(nquads: bytes) -> None:
    stop = threading.Event()
    stop.set()
    with EmbeddedEngine(nquads, "v") as engine:
        workers = with_the_spare(engine)
        with pytest.raises(QueryStopped):
            engine.ask("ASK {}", cancel=stop)
        assert children(supervisor(engine)) == workers


def test_another_supervisor_is_started_when_one_was_killed(nquads: bytes) -> None:
    with EmbeddedEngine(nquads, "v1") as engine:
        engine.ask("ASK {}")
        parent = supervisor(engine)
        orphans = children(parent)
        os.kill(parent, signal.SIGKILL)
        assert wait_until(lambda: state(parent) in ("Z", ""))
        assert engine.ask("SELECT * { ?s ?p ?o }").rows == 800
        assert supervisor(engine) != parent
        assert wait_until(lambda: all(map(ended, orphans)))


def test_an_orphan_ends_by_itself_soon_after_its_deadline(nquads: bytes) -> None:
    with EmbeddedEngine(nquads, "v1") as engine, ThreadPoolExecutor(1) as other:
        asked = other.submit(engine.ask, ENDLESS, limits=Limits(seconds=0.2))
        parent = supervisor(engine)
        assert wait_until(lambda: "R" in [state(worker) for worker in children(parent)])
        orphans = children(parent)
        os.kill(parent, signal.SIGKILL)
        with pytest.raises(Exception, match="Stopped"):
            asked.result()
        assert engine.ask("ASK {}").boolean
    assert wait_until(lambda: all(map(ended, orphans)))


def test_a_worker_killed_from_outside_costs_its_own_question_at_most(nquads: bytes) -> None:
    with EmbeddedEngine(nquads, "v1") as engine, ThreadPoolExecutor(1) as other:
        engine.ask("ASK {}")
        idle = children(supervisor(engine))[0]
        os.kill(idle, signal.SIGKILL)
        assert wait_until(lambda: state(idle) == "Z")
        assert engine.ask("ASK {}").boolean
        asked = other.submit(engine.ask, ENDLESS, limits=Limits(seconds=60))
        assert wait_until(lambda: "R" in map(state, children(supervisor(engine))))
        os.kill(next(each for each in children(supervisor(engine)) if state(each) == "R"), signal.SIGKILL)
        with pytest.raises(Exception, match="ended before its answer"):
            asked.result()
        assert engine.ask("ASK {}").boolean


def test_a_worker_ends_when_its_connection_does(nquads: bytes) -> None:
    launcher = ForkLauncher(nquads)
    launcher.load()
    worker = launcher.launch()
    assert wire.finish(worker.exchange(wire.Request("ASK {}", 5, 10, 1 << 26), wire.Patience(5))).body == b"true"
    worker._connection.shutdown(socket.SHUT_RDWR)
    (process,) = children(launcher._supervisor._process.pid)
    assert wait_until(lambda: state(process) == "Z")
    worker.end()
    assert state(process) == ""
    launcher.close()


def test_a_supervisor_that_cannot_load_ends() -> None:
    threads, (here, there) = threading.active_count(), socket.socketpair()
    with here, there, pytest.raises(MemoryError), _ending_with(here):
        raise MemoryError
    assert threading.active_count() == threads


def test_a_supervisor_that_loads_ends_with_its_parent() -> None:
    launcher = ForkLauncher(b"")
    supervisor = launcher._supervisor
    supervisor._control.close()
    assert supervisor._process.wait(60) == 0
    launcher.close()


def test_whoever_waits_for_another_supervisor_does_not_keep_the_engine_from_being_closed(
    nquads: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with EmbeddedEngine(nquads, "v1") as engine, ThreadPoolExecutor() as other:
        assert isinstance(engine._launcher, ForkLauncher)
        engine._launcher._supervisor._process.kill()
        engine._launcher._supervisor._process.wait()
        loads, load = threading.Event(), ForkLauncher.load

        def held(launcher: ForkLauncher) -> frozenset[str]:
            launcher._supervisor._process.send_signal(signal.SIGSTOP)
            loads.set()
            return load(launcher)

        monkeypatch.setattr(ForkLauncher, "load", held)
        asked = other.submit(engine.ask, "ASK {}")
        assert loads.wait(60)
        engine.close()
        with pytest.raises(EngineUnavailable, match="closed"):
            asked.result()


def test_whoever_wants_a_worker_of_an_engine_that_is_being_closed_is_told_so(
    nquads: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = EmbeddedEngine(nquads, "v1")
    fork = _Supervisor.fork

    def closed(supervisor: _Supervisor) -> ForkedWorker:
        engine._pool.close()
        supervisor.close()
        return fork(supervisor)

    monkeypatch.setattr(_Supervisor, "fork", closed)
    with pytest.raises(EngineUnavailable, match="closed"):
        engine.ask("ASK {}")
    engine.close()
