"""A block at work, with its room."""

from math import prod

import numpy as np

from cnnviz.kernels import block_loops as loops
from cnnviz.kernels import gradient_loops as back_loops
from cnnviz.kernels.block_sheets import SLACK, Arrangement, empty
from cnnviz.kernels.block_tiles import NARROW, PIXELS, WIDE
from cnnviz.kernels.blocks import ConvolutionBlock
from cnnviz.kernels.gradient_tiles import LANES
from cnnviz.kernels.matrix_loops import rows_by_columns
from cnnviz.kernels.winograd import KERNELS, OUTPUTS, convolve_by_points

_KERNELS, _OUTPUTS = KERNELS.reshape(-1), OUTPUTS.reshape(-1)
_NO_FLOOR, _NOTHING_WON = np.float32(-np.inf), np.zeros(0, np.uint8)


def padded(maps: int) -> int:
    """Fill up maps to the vectors of tiles: wide ones, and a narrow one if that is enough."""
    rest = maps % WIDE
    return maps - rest + (0 if rest == 0 else NARROW if rest <= NARROW else WIDE)


class Desk:
    """A block at work: its room for so many images, used again and again by one thread.

    Its input stands in ``x`` and the gradient by it in ``dx``, both as `ConvolutionBlock.read` says.
    """

    def __init__(self, block: ConvolutionBlock, images: int, input_gradient: bool) -> None:
        self.block, self.wanted, self.padded = block, input_gradient, padded(block.filters)
        self.sparse = block.pooled or (input_gradient and not block.touching)
        self.floor = np.float32(0) if block.relu else _NO_FLOOR
        cells, outputs, (starts, self.slots) = prod(block.kernels[1:]), block.outputs, block.runs
        self.x, self.dx = block.sheet.empty(images), block.sheet.empty(images if input_gradient else 0)
        self.weights = empty((1 + cells) * self.padded)
        self.pairs = empty(2 * NARROW * len(block.pairs.offsets))
        self.points = empty(KERNELS.shape[0] * block.shape[0] * self.padded if block.by_points else 0)
        strips = -(-outputs // PIXELS) * PIXELS
        self.winners = np.zeros(images * strips * self.padded if block.pooled else 0, np.uint8)
        listed = block.filters * len(starts) * LANES if self.sparse else 0
        self.runs, self.run_gradients = empty(listed), empty(listed)
        self.flat = empty(0 if block.pooled else images * outputs * block.width + SLACK)
        self.flat_arrangement = Arrangement(outputs * block.width, np.arange(outputs) * block.width, 1)
        self.cell_gradients = empty(0 if self.sparse else len(block.offsets) * block.width)
        back = input_gradient and not self.sparse
        self.back = block.way_back
        self.gradients = self.back.sheet.empty(images) if back else empty(0)
        self.flipped_pairs = empty(2 * NARROW * len(self.back.pairs.offsets))
        self.flipped = empty((1 + len(self.back.offsets)) * padded(block.shape[0]) if back else 0)

    @property
    def numbers(self) -> int:
        """Count what it keeps room for."""
        rooms = self.x, self.dx, self.winners, self.flat, self.gradients, self.runs, self.weights
        return sum(room.size for room in rooms)

    def forward(self, w: np.ndarray, b: np.ndarray, y: np.ndarray, to: Arrangement, images: int) -> bool:
        """Compute the output into ``y``; tell whether all was finite."""
        block, work = self.block, self.weights
        loops.pack_weights(w, b, False, work)
        if block.by_points:
            return self._by_points(y, to, images)
        if not block.pooled:
            loops.pair_weights(work, self.padded, block.pairs.first, block.pairs.second, self.pairs)
        offsets = block.offsets[: prod(block.kernels[1:])]
        return loops.convolve(
            self.x, block.sheet.step, block.bases, offsets, block.pairs.offsets, work, self.pairs,
            block.filters, self.floor, block.pooled, block.mean, y, *to, block.outputs, self.winners, images,
        )  # fmt: skip

    def _by_points(self, y, to, images):
        """Convolve with a third of the multiplications."""
        block, biases, (values, cells) = self.block, self.weights[: self.padded], KERNELS.shape
        depth, (row, starts) = block.shape[0], block.lines
        kernels = self.weights[self.padded :]
        rows_by_columns(_KERNELS, cells, 1, kernels, self.points, values, depth * self.padded, cells)
        return convolve_by_points(
            self.x, block.sheet.step, row, 2 * row, starts, depth, self.points, biases, block.filters,
            self.floor, block.mean, y, *to, block.outputs, self.winners, _OUTPUTS, images,
        )  # fmt: skip

    def backward(
        self,
        w: np.ndarray,
        y: np.ndarray,
        at: Arrangement,
        dy: np.ndarray,
        of: Arrangement,
        dw: np.ndarray,
        db: np.ndarray,
        images: int,
    ) -> None:
        """Find the gradients, from that by the output; ``y`` is what `forward` gave."""
        db[...] = 0
        if self.block.pooled:
            self._sparsely(w, dy, of, dw, db, images)
            return
        block, sheet = self.block, self.back.sheet
        back_loops.mask(
            y, *at, self.floor, dy, *of, self.flat, block.width, self.gradients, sheet.step,
            self.back.inside, block.outputs, db, images,
        )  # fmt: skip
        if self.sparse:
            self._sparsely(w, self.flat, self.flat_arrangement, dw, np.zeros_like(db), images)
        else:
            self._densely(w, dw, db, images)

    def _sparsely(self, w, dy, of, dw, db, images):
        """Go through lists of gradients."""
        block, (starts, slots) = self.block, self.block.runs
        if self.wanted:
            back_loops.pack_runs(w, slots, self.runs)
        self.run_gradients[...] = 0
        back_loops.learn_sparsely(
            self.x, self.dx, block.sheet.step, block.bases, starts, self.runs, self.wanted, dy, *of,
            self.winners, block.mean, self.padded, block.outputs, self.run_gradients, db, images,
        )  # fmt: skip
        back_loops.unpack_runs(self.run_gradients, slots, dw)

    def _densely(self, w, dw, db, images):
        """Go through all gradients; back to the input they go as through a convolution."""
        block, back = self.block, self.back
        self.cell_gradients[...] = 0
        back_loops.learn_densely(
            self.x, block.sheet.step, block.bases, block.offsets, self.flat, block.width, block.outputs,
            self.cell_gradients, images,
        )  # fmt: skip
        back_loops.unpack_weights(self.cell_gradients, block.width, dw)
        if self.wanted:
            loops.pack_weights(w, db, True, self.flipped)
            width, (_, first, second) = padded(block.shape[0]), back.pairs
            loops.pair_weights(self.flipped, width, first, second, self.flipped_pairs)
            loops.convolve(
                self.gradients, back.sheet.step, back.bases, back.offsets, back.pairs.offsets, self.flipped,
                self.flipped_pairs, block.shape[0],
                _NO_FLOOR, False, False, self.dx, *block.read, prod(block.shape[1:]), _NOTHING_WON, images,
            )  # fmt: skip
