"""The frame: page settings and navigation. Every file in ``pages/`` is a page."""

from cnnviz.ui import frame

frame.run()
