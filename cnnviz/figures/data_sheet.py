"""Many small images side by side in one picture, for a gallery: white where pixels are large."""

import numpy as np
from PIL import Image

from cnnviz.figures.photo import data_url


def strip(images: np.ndarray, peak: float) -> str:
    """Draw images beside each other, in grey; NaN is black.

    Parameters
    ----------
    images : ndarray of shape (N, C, H, W)
        Whose first channel is drawn.
    peak : float
        The value that is white.

    Returns
    -------
    str
        The picture, as the address of itself.
    """
    grey = np.rint(np.nan_to_num(images[:, 0].astype(float)) * (255 / (peak or 1.0))).clip(0, 255)
    count, height, width = grey.shape
    laid = grey.astype(np.uint8).transpose(1, 0, 2).reshape(height, count * width)
    return data_url(Image.fromarray(laid))
