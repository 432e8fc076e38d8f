"""Softmax and cross-entropy of a batch in one loop, for training."""

import numpy as np

from cnnviz.kernels.compiling import compiled


@compiled
def errors_of(logits, labels, share, errors):
    """Write the gradient of the cross-entropy by logits (N, classes), times ``share``, into ``errors``.

    Return the sum of the losses and the number of right answers; the first of equal logits counts.
    """
    lost, right = 0.0, 0
    for n in range(len(logits)):
        row, label = logits[n], labels[n]
        best = 0
        for k in range(1, row.size):
            if row[k] > row[best]:
                best = k
        total = np.float32(0)
        for k in range(row.size):
            errors[n, k] = np.exp(row[k] - row[best])
            total += errors[n, k]
        for k in range(row.size):
            errors[n, k] = (errors[n, k] / total - np.float32(k == label)) * share
        lost += np.float64(np.log(total) - (row[label] - row[best]))
        right += best == label
    return lost, right
