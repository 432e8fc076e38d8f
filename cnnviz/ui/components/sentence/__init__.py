"""Kim's network on a sentence as a player: windows over the words, maps, maxima, scores, column by column.

The whole run is sent once and played in the browser; where it rests comes back, and is hostile until
`playing.end_turn` has read it.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnviz.lessons.sentence import Worked
from cnnviz.presets.studies_sentence import CHANNELS, CLASSES
from cnnviz.ui import frame
from cnnviz.ui.components import plain, playing, register

_mount = register(
    "sentence",
    *playing.SCRIPTS,
    "sentence/places.js",
    "sentence/cells.js",
    "sentence/lesson.js",
    playing.LAST,
)


def sentence_player(
    worked: Worked, *, key: str, themes: Mapping[str, Any], step: int, scene: str, present: bool
) -> int:
    """Show the run, and give the stop where it rests.

    Parameters
    ----------
    worked : Worked
        What is shown.
    key : str
        Name of this component on the page.
    themes : mapping
        The light and the dark `Theme`, by name.
    step, scene : int, str
        Where to start; the run goes there when either of the two is another than in the last run.
    present : bool
        Large numbers, for a projector.
    """
    start = playing.begin_turn(key, step, scene, len(worked.stops))
    mounted = _mount(
        key=key,
        data={
            **_pictured(worked),
            **playing.settings(start, themes, hide_result=False, editable=False, present=present),
        },
        on_at_change=playing.ignore,
        on_present_change=frame.asked_by(key),
    )
    return playing.end_turn(key, mounted, start, len(worked.stops))


def _pictured(worked: Worked) -> dict[str, Any]:
    """Everything the script needs to draw every stop."""
    shown = [worked.image, worked.weights, worked.scores, *(found.sums for found in worked.maps)]
    return {
        "words": list(worked.setup.words),
        "channels": list(CHANNELS),
        "image": plain(worked.image),
        "maps": [
            {
                "width": found.width,
                "weights": plain(found.weights),
                "bias": plain(found.bias),
                "values": plain(found.values),
                "best": found.best,
            }
            for found in worked.maps
        ],
        "classes": list(CLASSES),
        "weights": plain(worked.weights),
        "scores": plain(worked.scores),
        "probabilities": plain(np.round(worked.probabilities, 6)),
        "stops": [[stop.kind, stop.index, stop.place, stop.told] for stop in worked.stops],
        "limits": {"image": 1, "value": plain(max(np.abs(part).max() for part in shown[2:]))},
    }
