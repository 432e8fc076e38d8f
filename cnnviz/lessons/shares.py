"""Softmax told: logits, exponentials, their sum, shares and slopes, all from the kernel."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnnviz.kernels.softmax import exponentials, softmax, softmax_jacobian
from cnnviz.presets.activations import ActivationSetup

LARGEST_WRITTEN = 1e6  # larger exponentials are not written out in a formula


@dataclass(frozen=True)
class Shares:
    """What softmax makes of the logits of a page."""

    setup: ActivationSetup

    @cached_property
    def logits(self) -> np.ndarray:
        """The logits after the common shift."""
        return np.array(self.setup.logits, dtype=np.float64) + self.setup.shift

    @cached_property
    def plain(self) -> np.ndarray:
        """The exponentials as the definition has them; infinite where they overflow."""
        with np.errstate(over="ignore"):
            return np.exp(self.logits / self.setup.temperature)

    @cached_property
    def safe(self) -> np.ndarray:
        """The exponentials after the largest logit is subtracted, as they are computed."""
        return exponentials(self.logits, temperature=self.setup.temperature)

    @property
    def writes_plain(self) -> bool:
        """Tell whether the definition can be written out with readable numbers."""
        return bool(self.plain.max() < LARGEST_WRITTEN and self.plain.max() > 1 / LARGEST_WRITTEN)

    @cached_property
    def shares(self) -> np.ndarray:
        """The result."""
        return softmax(self.logits, temperature=self.setup.temperature)

    @cached_property
    def jacobian(self) -> np.ndarray:
        """Slope of share i (row) by logit j (column)."""
        return softmax_jacobian(self.logits, temperature=self.setup.temperature)
