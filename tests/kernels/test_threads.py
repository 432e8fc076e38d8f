"""Sharing out work: every part once, errors heard, beside other sessions, and always the same bits."""

import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from cnnviz.kernels import threads
from cnnviz.kernels.convolution import conv2d, conv2d_backward
from cnnviz.kernels.threads import cores, limited_to, share_out
from tests.each import each

SIZES = [  # x, w, options
    ((64, 1, 28, 28), (8, 1, 5, 5), {"padding": 2}),
    ((64, 8, 14, 14), (16, 8, 3, 3), {"padding": 1}),
    ((1, 3, 250, 170), (4, 3, 3, 3), {"stride": 2}),
    ((3, 4, 30, 9), (6, 2, 2, 3), {"groups": 2, "dilation": 2}),
    ((1, 1, 6, 6), (1, 1, 3, 3), {}),
    ((40, 6, 20, 20), (20, 6, 5, 5), {"stride": (1, 2), "padding": 2}),
]


def all_of(size, dtype):
    """Compute a forward and a backward pass of one size."""
    x_shape, w_shape, options = size
    rng = np.random.default_rng(0)
    x, w, b = (rng.normal(size=shape).astype(dtype) for shape in (x_shape, w_shape, w_shape[:1]))
    y = conv2d(x, w, b, **options)
    return (y, *conv2d_backward(x, w, y, **options))


@each("limit", [1, 2, 5])
@each("parts", [0, 1, 2, 7, 100])
def test_every_part_is_done_once(parts, limit):
    done = []
    with limited_to(limit):
        share_out(done.append, parts)
    assert Counter(done) == Counter(range(parts))


def test_parts_may_share_out_work_of_their_own():
    done = []
    with limited_to(4):
        share_out(lambda part: share_out(lambda inner: done.append((part, inner)), 5), 5)
    assert Counter(done) == Counter((part, inner) for part in range(5) for inner in range(5))


@pytest.mark.parametrize("failing", [0, 1, 9])
def test_an_error_in_any_part_reaches_the_caller(failing):
    def work(part):
        if part == failing:
            raise ZeroDivisionError(part)

    for limit in (1, 3):
        with limited_to(limit), pytest.raises(ZeroDivisionError, match=str(failing)):
            share_out(work, 10)


def test_after_an_error_no_part_is_still_running():
    running = []

    def work(part):
        if part == 0:
            raise ZeroDivisionError
        running.append(part)
        threading.Event().wait(0.02)
        running.remove(part)

    with limited_to(3), pytest.raises(ZeroDivisionError):
        share_out(work, 6)
    assert running == []


def test_threads_without_work_fall_asleep():
    with limited_to(2):
        share_out(lambda part: time.sleep(0.01), 4)
    time.sleep(0.5)
    before = time.process_time()
    time.sleep(0.4)
    assert time.process_time() - before < 0.1


def test_helpers_keep_off_the_core_of_the_caller_who_may_run_anywhere(monkeypatch):
    share_out(lambda part: time.sleep(0.01), 4)
    allowed = getattr(os, "sched_getaffinity", lambda thread: set())
    monkeypatch.setattr(threads, "FEW", len(threads._helpers))
    before, others = allowed(0), threads._allowed()
    for core in sorted(others):
        threads._leave_to_caller(core)
        for helper in threads._helpers:
            assert allowed(helper) == (others - {core} or others)
    threads._leave_to_caller(-1)
    assert allowed(0) == before
    monkeypatch.setattr(threads, "_allowed", lambda: {0})
    threads._leave_to_caller(0)
    assert all(allowed(helper) <= others for helper in threads._helpers), "an only core is shared"


def test_threads_that_fell_asleep_help_again():
    for pause in (0, 0.05, 0, 0.05):
        time.sleep(pause)
        both = threading.Barrier(2, timeout=10)
        with limited_to(2):
            share_out(lambda part, both=both: both.wait(), 2)


def test_the_caller_waits_for_a_slow_helper():
    done, both = [], threading.Barrier(2, timeout=10)

    def work(part):
        both.wait()
        if threading.current_thread().name.startswith("kernel"):
            time.sleep(0.05)
        done.append(part)

    with limited_to(2):
        share_out(work, 2)
    assert sorted(done) == [0, 1]


def test_a_caller_whose_helpers_have_just_left_does_not_sleep():
    share = threads._Share(print, 0)
    share.sleep()
    assert share.alarm is None


def test_a_limit_counts_for_the_thread_that_set_it_and_ends():
    with limited_to(1):
        with limited_to(3):
            assert threads.threads() == 3
        assert threads.threads() == 1
        with ThreadPoolExecutor(1) as other:
            assert other.submit(threads.threads).result() == cores()
    assert threads.threads() == cores()


@pytest.mark.parametrize(
    ("text", "granted"),
    [("150000 100000", 1), ("400000 100000", 4), ("50000 100000", 0), ("max 100000", 7), ("", 7)],
)
def test_a_container_may_grant_fewer_cores(tmp_path, text, granted):
    (tmp_path / "cpu.max").write_text(text)
    assert threads._quota(tmp_path / "cpu.max", otherwise=7) == granted
    assert threads._quota(Path(tmp_path / "nothing"), otherwise=7) == 7


@each("dtype", [np.float32, np.float64])
@each("size", SIZES, ids=str)
def test_any_number_of_threads_gives_the_same_bits(size, dtype):
    with limited_to(1):
        expected = all_of(size, dtype)
    for limit in (2, 3, 16):
        with limited_to(limit):
            for array, same in zip(all_of(size, dtype), expected, strict=True):
                assert_array_equal(array, same)


def test_sixteen_threads_on_mixed_sizes_do_not_disturb_each_other():
    tasks = [(size, dtype) for size in SIZES for dtype in (np.float32, np.float64)]
    with limited_to(1):
        expected = [all_of(*task) for task in tasks]
    wrong, start = [], threading.Barrier(16)

    def session(number):
        start.wait()
        for turn in range(len(tasks)):
            task = (number + turn) % len(tasks)
            for array, same in zip(all_of(*tasks[task]), expected[task], strict=True):
                if not np.array_equal(array, same):
                    wrong.append((number, tasks[task]))

    sessions = [threading.Thread(target=session, args=(number,)) for number in range(16)]
    for thread in sessions:
        thread.start()
    for thread in sessions:
        thread.join()
    assert wrong == []
