"""All scenes of the app by their ids, which never change: a link to one works for good.

To add a scene, add a record to the table of its lesson; to add a lesson, add its table here.
"""

from cnnviz.presets import (
    activation_scenes,
    against_scenes,
    calculator_scenes,
    channel_scenes,
    field_scenes,
    matrix_scenes,
    pooling_scenes,
    series,
    size_scenes,
    study_scenes,
)
from cnnviz.presets.scene import TOPICS, Scene

TABLES = (
    series.SCENES,
    matrix_scenes.SCENES,
    channel_scenes.SCENES,
    pooling_scenes.SCENES,
    size_scenes.SCENES,
    activation_scenes.SCENES,
    calculator_scenes.SCENES,
    against_scenes.SCENES,
    study_scenes.SCENES,
    field_scenes.SCENES,
)
SCENES: dict[str, Scene] = {}
for table in TABLES:
    if repeated := SCENES.keys() & table.keys():
        raise ValueError(f"id of a scene must be given once, got {', '.join(sorted(repeated))} again")
    SCENES.update(table)


def of_page(page: str) -> dict[str, Scene]:
    """Return the scenes of a page, by id."""
    return {name: scene for name, scene in SCENES.items() if scene.page == page}


def decks() -> list[str]:
    """List the lecture decks that scenes come from."""
    return sorted({deck for scene in SCENES.values() for deck in scene.decks})


def matching(words: str = "", topic: str | None = None, deck: str | None = None) -> dict[str, Scene]:
    """Find scenes that hold all words, of a topic and a deck if they are given."""
    wanted = words.casefold().split()

    def fits(scene: Scene) -> bool:
        text = f"{scene.title} {scene.topic} {scene.source} {scene.notice} {scene.erratum}".casefold()
        chosen = topic in (None, scene.topic) and (deck is None or deck in scene.decks)
        return chosen and all(word in text for word in wanted)

    found = [(name, scene) for name, scene in SCENES.items() if fits(scene)]
    return dict(sorted(found, key=lambda pair: TOPICS.index(pair[1].topic)))
