"""The frame: page settings and navigation. Every file in ``pages/`` is a page, described by its first lines."""

from cnnviz.ui import frame

frame.run()
