"""The compiled loops; the only floor that knows Numba."""
