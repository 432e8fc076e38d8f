"""Turns of those who train: as long as agreed, the next to who has had least, and none lost."""

import threading
import time

from cnnviz.ui.lanes import DEBT, TURN, Lanes

PATIENCE = 20


class Worker:
    """A shift that works in pieces of its own size, counted by hand instead of by a processor."""

    def __init__(self, lanes, piece, enough):
        self.lanes, self.piece, self.enough = lanes, piece, enough
        self.had = self.turns = 0
        self.thread = threading.Thread(target=self.work, daemon=True)

    def wanted(self):
        return True

    def launch(self):
        self.thread.start()

    def work(self):
        spent.shift = self
        while not self.enough():
            with self.lanes.turn(self) as time_left:
                self.turns += 1
                while time_left():
                    self.had += self.piece
        self.lanes.leave(self)


spent = threading.local()


def sharing(pieces, enough):
    """Let workers share one processor until one has had enough; all ask before the first turn is over."""
    workers: list[Worker] = []
    lanes = Lanes(len(pieces), clock=lambda: spent.shift.had)

    def over():
        return max(each.had for each in workers) >= enough

    spent.shift = Worker(lanes, TURN, over)
    workers.extend(Worker(lanes, piece, over) for piece in pieces)
    with lanes.turn(spent.shift):
        for each in workers:
            lanes.enter(each)
        end = time.monotonic() + PATIENCE
        while len(lanes._turns) < len(workers) and time.monotonic() < end:
            time.sleep(0.001)
    for each in workers:
        each.thread.join(PATIENCE)
        assert not each.thread.is_alive(), "a turn was lost"
    return workers


def test_equal_runs_get_equally_much():
    workers = sharing([TURN / 5] * 8, enough=50 * TURN)
    assert min(each.had for each in workers) / max(each.had for each in workers) > 0.9


def test_who_takes_long_at_a_time_waits_until_the_others_had_as_much():
    workers = sharing([4 * TURN, *([TURN / 5] * 3)], enough=240 * TURN)
    had = [each.had for each in workers]
    assert min(had) / max(had) > 0.8
    assert workers[0].turns < min(each.turns for each in workers[1:])


def test_nobody_stands_still_for_what_took_very_long():
    workers = sharing([100 * DEBT, *([TURN / 5] * 3)], enough=1000 * DEBT)
    others = [each.had for each in workers[1:]]
    assert max(others) < 2 * DEBT * workers[0].turns
    assert min(others) / max(others) > 0.8


def test_who_comes_later_begins_with_no_more_than_the_others():
    lanes = Lanes(3)
    shifts = [Worker(lanes, TURN, lambda: True) for _ in range(3)]
    for each in shifts:
        each.launch = lambda: None
    lanes.enter(shifts[0])
    lanes.enter(shifts[1])
    lanes._running = {shifts[0]: 5.0, shifts[1]: 3.0}
    lanes.enter(shifts[2])
    assert lanes._running[shifts[2]] == 3.0
