"""Pooling and batch normalisation of images that stand channels last, for training.

As in block_loops.py, a number that is written or read by itself stands at
``n * step + places[p] + c * apart``; ``x`` is compact: ``(n * pixels + p) * channels + c``. An axis of a
window comes as (size, stride, padding before). Nothing here checks its arguments.
"""

import numpy as np

from cnnviz.kernels.compiling import compiled
from cnnviz.kernels.vectors import load, store


@compiled
def pool_maps(x, size, rows, columns, largest, y, step, places, apart, across, winners, images, channels):
    """Take the mean of every window, or the largest number and who that was: of equal ones the first.

    Rows are taken together first, as one run of numbers, then what is left along the columns.
    """
    (height, width), (high, down, top), (wide, right, left) = size, rows, columns
    outputs, run = places.size, width * channels
    line, who = np.empty(run, np.float32), np.empty(run, np.int32)
    for i in range(images * (outputs // across)):
        n, i = i // (outputs // across), i % (outputs // across)
        begin, end = max(i * down - top, 0), min(i * down - top + high, height)
        for row in range(begin, end):
            at = (n * height + row) * run
            if row == begin:
                for k in range(run):
                    store(line, k, load(x, at + k))
                    store(who, k, np.int32(row))
            elif largest:
                for k in range(run):
                    value, most = load(x, at + k), load(line, k)
                    larger = (value > most) | ((value != value) & (most == most))
                    store(line, k, value if larger else most)
                    store(who, k, np.int32(row) if larger else load(who, k))
            else:
                for k in range(run):
                    store(line, k, load(line, k) + load(x, at + k))
        for j in range(across):
            start, stop = max(j * right - left, 0), min(j * right - left + wide, width)
            to, won = n * step + load(places, i * across + j), (n * outputs + i * across + j) * channels
            share = np.float32(1) / np.float32((end - begin) * (stop - start))
            for c in range(channels):
                first = start * channels + c
                value, winner = load(line, first), load(who, first) * width + start
                for column in range(start + 1, stop):
                    other = load(line, column * channels + c)
                    if largest:
                        place = load(who, column * channels + c) * width + column
                        if (
                            other > value
                            or (other != other and value == value)
                            or (other == value and place < winner)
                        ):
                            value, winner = other, place
                    else:
                        value += other
                store(y, to + c * apart, value if largest else value * share)
                if largest:
                    store(winners, won + c, np.int32(winner))


@compiled
def pool_maps_back(
    dy, step, places, apart, size, rows, columns, largest, winners, dx, across, images, channels
):
    """Give the gradient of each window to its winner, or to all of its cells alike."""
    (height, width), (high, down, top), (wide, right, left) = size, rows, columns
    outputs, run = places.size, width * channels
    line = np.empty(run, np.float32)
    for k in range(images * height * run):
        store(dx, k, np.float32(0))
    for i in range(images * (outputs // across)):
        n, i = i // (outputs // across), i % (outputs // across)
        begin, end = max(i * down - top, 0), min(i * down - top + high, height)
        for k in range(run):
            store(line, k, np.float32(0))
        for j in range(across):
            of, won = n * step + load(places, i * across + j), (n * outputs + i * across + j) * channels
            if largest:
                for c in range(channels):
                    at = (n * height * width + load(winners, won + c)) * channels + c
                    store(dx, at, load(dx, at) + load(dy, of + c * apart))
                continue
            start, stop = max(j * right - left, 0), min(j * right - left + wide, width)
            share = np.float32(1) / np.float32((end - begin) * (stop - start))
            for c in range(channels):
                gradient = load(dy, of + c * apart) * share
                for column in range(start, stop):
                    store(line, column * channels + c, load(line, column * channels + c) + gradient)
        if not largest:
            for row in range(begin, end):
                at = (n * height + row) * run
                for k in range(run):
                    store(dx, at + k, load(dx, at + k) + load(line, k))


@compiled
def moments(x, rows, mean, variance):
    """Find mean and variance of every column of x (rows, channels): of some rows at a time, then of all."""
    channels, together = mean.size, 256
    sums, part = np.zeros(channels), np.empty(channels, np.float32)
    for second in range(2):
        for c in range(channels):
            sums[c] = 0
        for first in range(0, rows, together):
            for c in range(channels):
                store(part, c, np.float32(0))
            for row in range(first, min(first + together, rows)):
                for c in range(channels):
                    value = load(x, row * channels + c)
                    if second:
                        value = (value - load(mean, c)) * (value - load(mean, c))
                    store(part, c, load(part, c) + value)
            for c in range(channels):
                sums[c] += part[c]
        for c in range(channels):
            (variance if second else mean)[c] = sums[c] / rows


@compiled
def stretch(x, rows, mean, factor, shift, y):
    """Write (x - mean) * factor + shift, each for its column."""
    channels = mean.size
    for row in range(rows):
        for c in range(channels):
            value = (load(x, row * channels + c) - load(mean, c)) * load(factor, c) + load(shift, c)
            store(y, row * channels + c, value)


@compiled
def stretch_sums(x, dy, rows, mean, inverse, products, gradients):
    """Add up the gradients of every column, and their products with its normalised numbers."""
    channels, together = mean.size, 256
    part = np.empty(2 * channels, np.float32)
    for c in range(channels):
        products[c], gradients[c] = 0, 0
    for first in range(0, rows, together):
        for i in range(2 * channels):
            store(part, i, np.float32(0))
        for row in range(first, min(first + together, rows)):
            for c in range(channels):
                gradient = load(dy, row * channels + c)
                normal = (load(x, row * channels + c) - load(mean, c)) * load(inverse, c)
                store(part, c, load(part, c) + gradient * normal)
                store(part, channels + c, load(part, channels + c) + gradient)
        for c in range(channels):
            products[c] += part[c]
            gradients[c] += part[channels + c]


@compiled
def stretch_back(x, dy, rows, mean, inverse, factor, product, gradient, dx):
    """Find the gradient by x: all examples answer for their part in mean and variance.

    ``product`` and ``gradient`` are the means of what `stretch_sums` adds up.
    """
    channels = mean.size
    for row in range(rows):
        for c in range(channels):
            normal = (load(x, row * channels + c) - load(mean, c)) * load(inverse, c)
            rest = load(dy, row * channels + c) - load(gradient, c) - normal * load(product, c)
            store(dx, row * channels + c, rest * load(factor, c))
