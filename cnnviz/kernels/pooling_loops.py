"""The compiled loops of pooling.

An axis of the window comes as (size, stride, padding before). In a contest ``sign`` is 1 or -1 and the cell
with the largest sign * value wins; a comparison with NaN is false, so NaN is asked for by name.
"""

import numpy as np

from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.vectors import load, store


@compiled
def extremes(x, sign, rows, columns, y, first, last):
    """Pool rows ``first`` to ``last`` of all planes: lines upon each other, then along the line."""
    (high, down, top), (wide, right, left) = rows, columns
    height, width, across = x.shape[1], x.shape[2], y.shape[2]
    best = np.empty(width, x.dtype)
    for number in range(first, last):
        plane, i = number // y.shape[1], number % y.shape[1]
        begin, end = max(i * down - top, 0), min(i * down - top + high, height)
        line, out = (plane * height + begin) * width, number * across
        for j in range(width):
            best[j] = sign * load(x, line + j)
        for row in range(begin + 1, end):
            line = (plane * height + row) * width
            for j in range(width):
                value = sign * load(x, line + j)
                best[j] = value if value > best[j] or value != value else best[j]
        if wide == 2 and right == 2 and left == 0 and 2 * across <= width:
            for j in range(across):  # with numbers for names LLVM makes vectors of this
                one, other = best[2 * j], best[2 * j + 1]
                store(y, out + j, sign * (other if other > one or other != other else one))
        else:
            for j in range(across):
                start = max(j * right - left, 0)
                most = best[start]
                for column in range(start + 1, min(j * right - left + wide, width)):
                    value = best[column]
                    most = value if value > most or value != value else most
                store(y, out + j, sign * most)


@compiled
def means(x, rows, columns, y, first, last):
    """Pool rows ``first`` to ``last`` of all planes: add up lines, then along the line."""
    (high, down, top), (wide, right, left) = rows, columns
    height, width, across = x.shape[1], x.shape[2], y.shape[2]
    sums = np.empty(width, x.dtype)
    for number in range(first, last):
        plane, i = number // y.shape[1], number % y.shape[1]
        begin, end = max(i * down - top, 0), min(i * down - top + high, height)
        line = (plane * height + begin) * width
        for j in range(width):
            sums[j] = load(x, line + j)
        for row in range(begin + 1, end):
            line = (plane * height + row) * width
            for j in range(width):
                sums[j] += load(x, line + j)
        for j in range(across):
            start, stop = max(j * right - left, 0), min(j * right - left + wide, width)
            total = sums[start]
            for column in range(start + 1, stop):
                total += sums[column]
            store(y, number * across + j, total / x.dtype.type((end - begin) * (stop - start)))


@compiled
def winners_of_planes(x, sign, rows, columns, winners, first, last):
    """Write down which cell of its plane won each window."""
    (high, down, top), (wide, right, left) = rows, columns
    height, width = x.shape[1:]
    for plane in range(first, last):
        for i in range(winners.shape[1]):
            begin, end = max(i * down - top, 0), min(i * down - top + high, height)
            for j in range(winners.shape[2]):
                start, stop = max(j * right - left, 0), min(j * right - left + wide, width)
                winner, best = begin * width + start, sign * x[plane, begin, start]
                for row in range(begin, end):
                    for column in range(start, stop):
                        value = sign * x[plane, row, column]
                        if value > best or (value != value and best == best):
                            winner, best = row * width + column, value
                winners[plane, i, j] = winner


@compiled
def to_winners(dy, winners, dx, first, last):
    """Give the gradient of each window to its winner."""
    width = dx.shape[2]
    for plane in range(first, last):
        for i in range(dy.shape[1]):
            for j in range(dy.shape[2]):
                winner = winners[plane, i, j]
                dx[plane, winner // width, winner % width] += dy[plane, i, j]


@compiled
def to_winners_of_squares(x, sign, dy, dx, first, last):
    """Give the gradient of each window of 2 by 2, side by side, to its winner: without a branch."""
    height, width = x.shape[1:]
    down, across = dy.shape[1:]
    nothing = dy.dtype.type(0)
    for number in range(first * down, last * down):
        top = (number // down * height + 2 * (number % down)) * width
        low, out = top + width, number * across
        for j in range(across):
            a, b = sign * load(x, top + 2 * j), sign * load(x, top + 2 * j + 1)
            c, d = sign * load(x, low + 2 * j), sign * load(x, low + 2 * j + 1)
            gradient = load(dy, out + j)
            second = (b > a) | ((b != b) & (a == a))
            one = b if second else a
            fourth = (d > c) | ((d != d) & (c == c))
            other = d if fourth else c
            below = (other > one) | ((other != other) & (one == one))
            store(dx, top + 2 * j, nothing if below | second else gradient)
            store(dx, top + 2 * j + 1, gradient if second & (not below) else nothing)
            store(dx, low + 2 * j, gradient if below & (not fourth) else nothing)
            store(dx, low + 2 * j + 1, gradient if below & fourth else nothing)


@compiled
def to_all(dy, rows, columns, dx, first, last):
    """Give the gradient of each window to all of its cells alike."""
    (high, down, top), (wide, right, left) = rows, columns
    height, width = dx.shape[1:]
    for plane in range(first, last):
        for i in range(dy.shape[1]):
            begin, end = max(i * down - top, 0), min(i * down - top + high, height)
            for j in range(dy.shape[2]):
                start, stop = max(j * right - left, 0), min(j * right - left + wide, width)
                share = dy[plane, i, j] / dx.dtype.type((end - begin) * (stop - start))
                for row in range(begin, end):
                    for column in range(start, stop):
                        dx[plane, row, column] += share
