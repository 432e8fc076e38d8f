"""How the three colour channels of a picture meet one kernel: a table of three ways.

To add a way, add a record to `_ROWS`: the planes it hands to the filter, and whether what comes out is
a picture to look at or a map of numbers.
"""

from dataclasses import dataclass

import numpy as np

from cnnviz.kernels.threads import share_out

LUMINANCE = (0.2126, 0.7152, 0.0722)  # of red, green and blue: Recommendation ITU-R BT.709
_BAND = 64  # rows turned into floats at a time, so that they stay in the processor's cache


@dataclass(frozen=True)
class Treatment:
    """One way to treat colour.

    ``weights`` are those of red, green and blue in the one plane that is filtered; None filters each
    channel by itself. ``names`` are the planes as the reader meets them.
    """

    name: str
    remark: str
    weights: tuple[float, float, float] | None
    is_map: bool = False  # numbers of a feature map, not brightness

    def planes(self, image: np.ndarray) -> np.ndarray:
        """Return what is filtered: (H, W, 3) uint8 as it is, or one plane (H, W) of float32."""
        return image if self.weights is None else _mixed(image, np.array(self.weights, dtype=np.float32))


def _mixed(image: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Add up the channels, each times its weight."""
    plane = np.empty(image.shape[:2], dtype=np.float32)

    def mix(band: int) -> None:
        rows = slice(band * _BAND, (band + 1) * _BAND)
        np.matmul(image[rows].astype(np.float32), weights, out=plane[rows])

    share_out(mix, -(-len(image) // _BAND))
    return plane


_ROWS = (
    Treatment("Each channel", "Red, green and blue are filtered one by one.", None),
    Treatment(
        "Luminance",
        "Brightness is filtered: 0.2126 red + 0.7152 green + 0.0722 blue (Rec. 709).",
        LUMINANCE,
    ),
    Treatment(
        "Summed (CNN)",
        "All three channels are filtered with this kernel and added up into one feature map.",
        (1.0, 1.0, 1.0),
        is_map=True,
    ),
)
TREATMENTS: dict[str, Treatment] = {record.name: record for record in _ROWS}
