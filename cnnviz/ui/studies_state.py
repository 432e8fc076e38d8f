"""The state of the page of case studies, and how it becomes a link."""

from functools import lru_cache
from typing import Any

from cnnviz.lessons.sentence import Worked
from cnnviz.model.counting import OPERATIONS
from cnnviz.presets.studies_sentence import SentenceSetup
from cnnviz.presets.study_scenes import FIRST
from cnnviz.presets.study_setup import VIEWS, StudySetup, opens_with
from cnnviz.ui.fields import SWITCH, WHOLE
from cnnviz.ui.lesson_state import Lesson
from cnnviz.ui.state import Field, one_of

_TEXT = Field(str, str)
TABLE = {  # the study comes last: of parts that do not go together it is the one to keep
    "variant": _TEXT,
    "layer": _TEXT,
    "biases": SWITCH,
    "operations": one_of(OPERATIONS),
    "scale": WHOLE,
    "sentence": _TEXT,
    "maps": WHOLE,
    "seed": WHOLE,
    "study": one_of(VIEWS),
}


@lru_cache(maxsize=32)
def worked(example: SentenceSetup) -> Worked:
    """Compute a sentence once for as long as it is among the last ones shown."""
    return Worked.of(example)


def stops(setup: StudySetup) -> int:
    """Count the stops: only the worked sentence has more than one."""
    return len(worked(setup.example).stops) if is_worked(setup) else 1


def is_worked(setup: StudySetup) -> bool:
    """Tell whether the sentence is shown with its player."""
    return setup.view == "sentence" and not setup.architecture


def take_apart(setup: StudySetup) -> dict[str, Any]:
    """Take the settings apart, by the names of `TABLE`; the first variant goes without saying."""
    return {
        "study": setup.view,
        "variant": "" if setup.variant == opens_with(setup.view) else setup.variant,
        "layer": setup.layer,
        "biases": setup.biases,
        "operations": setup.operations,
        "scale": setup.scale,
        "sentence": setup.example.sentence,
        "maps": setup.example.maps,
        "seed": setup.example.seed,
    }


def put_together(values: dict[str, Any]) -> StudySetup:
    """Put the settings together."""
    example = SentenceSetup(values["sentence"], values["maps"], values["seed"])
    named = {name: values[name] for name in ("variant", "layer", "biases", "operations", "scale")}
    return StudySetup(view=values["study"], example=example, **named)


PREFIX = "cs_"
LESSON = Lesson("case_studies", PREFIX, FIRST, TABLE, take_apart, put_together, stops)
