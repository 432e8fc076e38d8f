"""Listening to a bell: it ends by itself, and no ring is missed."""

import threading

import numpy as np

from cnnviz.kernels.listening import listen


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
