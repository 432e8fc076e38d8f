"""What the page of case studies shows: a study or another view, its variant, and how it is counted.

To add a view that is no study, add it to `VIEWS`, its variants to `VARIANTS` and its text to `WHY`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cnnviz.model.counting import OPERATIONS, Rules
from cnnviz.model.graph import INPUT
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.results import TABLES
from cnnviz.presets.studies import STUDIES, Study
from cnnviz.presets.studies_sentence import SentenceSetup

LARGEST_SCALE = 10  # tenths
NOT_TRAINED = (
    "These numbers are drawn from a seed and were never trained, so the answer means nothing; every step "
    "is the one of a trained network. With words of w numbers, a {filter} over k words has 2 · k · w "
    "{weights|weight} and stops at n − k + 1 places of a sentence of n words."
)
WHY = {
    "story": (
        "Errors are quoted: the part of pictures whose right name is not among the network's first five. "
        "Layers and {parameters|parameter} are counted here. Press a network to open its study."
    ),
    "results": (
        "These figures were printed by others; nothing here is computed. Top-5 error counts a picture as "
        "wrong if its name is not among the first five answers."
    ),
    "depth": (
        "He et al. trained nets of 20 to 110 layers that differ in one thing only. Without the way past, 56 "
        "layers did worse than 20, on the training pictures too, so it was not {overfitting}. With a "
        "{residual connection} the deeper net won.\n\nA deeper net could always copy a shallower one and let "
        "its other layers hand their input on. For a plain block that is hard to learn: its {weights|weight} "
        "must meet exact values. A residual block does it with weights of 0, and that is where {weight "
        "decay} pulls.\n\nThere is an end to it: with 1202 layers the error on new pictures rose again. The "
        "ways past add no {parameters|parameter}, so both columns of the table are the same."
    ),
}
VIEWS = {
    **{name: study.label for name, study in STUDIES.items()},
    "story": "ImageNet",
    "depth": "Depth",
    "results": "Results",
}
VARIANTS: dict[str, Mapping[str, str]] = {
    **{name: {key: label for key, (label, _) in study.variants.items()} for name, study in STUDIES.items()},
    "story": {"all": "All"},
    "depth": {"all": "All"},
    "results": {name: table.label for name, table in TABLES.items()},
}


def opens_with(view: str) -> str:
    """Name the variant that a view starts with."""
    return STUDIES[view].opens_with if view in STUDIES else next(iter(VARIANTS[view]))


@dataclass(frozen=True)
class StudySetup:
    """What the page of case studies shows.

    Parameters
    ----------
    view : str
        A key of `VIEWS`.
    variant : str
        A key of its `VARIANTS`; "" stands for the first one.
    biases : bool
        Whether biases are counted.
    operations : str
        "MAC" or "FLOP".
    layer : str
        The layer that is told, or the stage that is unfolded; "" for none.
    scale : int
        Tenths of the weights of the block in "depth".
    example : SentenceSetup
        The sentence of the worked example.

    Raises
    ------
    ValueError
        If the view or the variant is unknown.
    """

    view: str = "lenet"
    variant: str = ""
    biases: bool = True
    operations: str = "MAC"
    layer: str = ""
    scale: int = 3
    example: SentenceSetup = field(default_factory=SentenceSetup)

    def __post_init__(self) -> None:
        """Refuse what there is not."""
        if self.view not in VIEWS:
            raise ValueError(f"view must be one of {', '.join(VIEWS)}, got {self.view!r}")
        known = VARIANTS[self.view]
        object.__setattr__(self, "variant", self.variant or opens_with(self.view))
        if self.variant not in known:
            raise ValueError(f"variant must be one of {', '.join(known)}, got {self.variant!r}")
        if self.operations not in OPERATIONS:
            raise ValueError(f"operations must be one of {', '.join(OPERATIONS)}, got {self.operations!r}")
        if not 0 <= self.scale <= LARGEST_SCALE:
            raise ValueError(f"scale must be from 0 to {LARGEST_SCALE}, got {self.scale}")
        if self.layer and (not self.architecture or self.layer not in self._names):
            raise ValueError(f"layer must be one of the network shown, got {self.layer[:40]!r}")

    @property
    def _names(self) -> set[str]:
        """Names of layers and stages."""
        nodes = ARCHITECTURES[self.architecture].graph.nodes
        return {INPUT} | {node.name for node in nodes} | {node.stage for node in nodes}

    @property
    def study(self) -> Study | None:
        """The study, unless the page shows something else."""
        return STUDIES.get(self.view)

    @property
    def architecture(self) -> str:
        """The name of the network that is counted, or ""."""
        return self.study.variants[self.variant][1] if self.study else ""

    @property
    def rules(self) -> Rules:
        """The rules of counting."""
        return Rules(self.biases, self.operations)

    def showing(self, view: str) -> "StudySetup":
        """Show something else, from its first variant."""
        return replace(self, view=view, variant="", layer="")

    def variant_of(self, variant: str) -> "StudySetup":
        """Show another variant of the same."""
        return replace(self, variant=variant, layer="")
