"""All scenes of the app by their ids, which never change: a link to one works for good.

To add a scene, add a record to the table of its lesson; to add a lesson, add its table here.
"""

from cnnviz.presets import matrix_scenes
from cnnviz.presets.scene import Scene

TABLES = (matrix_scenes.SCENES,)
SCENES: dict[str, Scene] = {}
for table in TABLES:
    if repeated := SCENES.keys() & table.keys():
        raise ValueError(f"id of a scene must be given once, got {', '.join(sorted(repeated))} again")
    SCENES.update(table)


def of_page(page: str) -> dict[str, Scene]:
    """Return the scenes of a page, by id."""
    return {name: scene for name, scene in SCENES.items() if scene.page == page}
