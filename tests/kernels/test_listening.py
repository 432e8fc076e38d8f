"""Listening to a bell: it ends by itself, and no ring is missed."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from cnnviz.kernels.listening import listen, ring_and_listen


def test_without_a_ring_listening_ends():
    assert not listen(np.zeros(1, np.int64), 0, 3)


def test_a_ring_before_listening_is_heard():
    assert listen(np.ones(1, np.int64), 0, 1)


def test_a_ring_of_another_thread_is_heard():
    bell, listening = np.zeros(1, np.int64), threading.Event()

    def ring():
        listening.wait()
        bell[0] += 1

    thread = threading.Thread(target=ring)
    thread.start()
    listening.set()
    while not listen(bell, 0, 3):
        pass
    thread.join()
    assert bell[0] == 1


def test_who_has_finished_rings_before_listening():
    done, bell = np.zeros(1, np.int64), np.full(1, 5)
    assert not ring_and_listen(done, bell, 5, 2)
    assert ring_and_listen(done, bell, 4, 2)
    assert not ring_and_listen(done, bell, 4, 0)
    assert (done[0], bell[0]) == (3, 5)


def test_rings_at_the_same_time_all_count():
    done, bell, start = np.zeros(1, np.int64), np.ones(1, np.int64), threading.Barrier(4)

    def ring(_):
        start.wait()
        for _ in range(500):
            ring_and_listen(done, bell, 1, 0)

    with ThreadPoolExecutor(4) as others:
        list(others.map(ring, range(4)))
    assert done[0] == 2000
