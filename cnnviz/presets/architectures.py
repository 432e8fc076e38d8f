"""The architectures of the lectures and the papers, each counted from its graph: one table, `ARCHITECTURES`.

To add one, add a record to the rows of its family, or a family to `_ROWS`: menus, pages and tests follow.
"""

from cnnviz.presets.architecture import Published, PublishedArchitecture
from cnnviz.presets.architectures_early import EARLY
from cnnviz.presets.architectures_inception import INCEPTION
from cnnviz.presets.architectures_resnet import RESNET
from cnnviz.presets.architectures_small import SMALL
from cnnviz.presets.architectures_special import SPECIAL
from cnnviz.presets.architectures_vgg import VGG

__all__ = ["ARCHITECTURES", "Published", "PublishedArchitecture"]

_ROWS = (*SMALL, *EARLY, *VGG, *INCEPTION, *RESNET, *SPECIAL)
ARCHITECTURES: dict[str, PublishedArchitecture] = {record.title: record for record in _ROWS}
