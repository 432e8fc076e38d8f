"""The plan of a run as the page `train` shows it, and as its link says it.

To put another setting into links, add a row to `TABLE`.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace

from cnnviz.model.data import SCALINGS
from cnnviz.model.datasets import DATASETS
from cnnviz.model.initialisation import INITIALISATIONS
from cnnviz.model.loss import LOSSES
from cnnviz.model.optimizers import OPTIMIZERS
from cnnviz.model.schedules import SCHEDULES
from cnnviz.presets.layer_text import LONGEST
from cnnviz.presets.networks import NETWORKS, OWN, Plan, fitting
from cnnviz.ui.fields import NUMBER, SWITCH, WHOLE
from cnnviz.ui.memory import Memory, sentence
from cnnviz.ui.state import Field, full_names, one_of, pack, read_fields, unpack, write_fields

PREFIX = "tr_"
MANY, FEW_EPOCHS = 20_000, 5  # training images, of which so many epochs are enough
TABLE = {
    "source": one_of(DATASETS),
    "network": one_of({**NETWORKS, OWN: OWN}),
    "stack": Field(lambda text: unpack(text, LONGEST), pack),
    "optimizer": one_of(OPTIMIZERS),
    "rate": NUMBER,
    "schedule": one_of(SCHEDULES),
    "batch": WHOLE,
    "epochs": WHOLE,
    "seed": WHOLE,
    "initialisation": one_of(INITIALISATIONS),
    "scaling": one_of(SCALINGS),
    "loss": one_of(LOSSES),
    "shuffle": SWITCH,
    "by_class": SWITCH,
    "examples": WHOLE,
    "wrong": NUMBER,
    "warm_up": NUMBER,
}


def read_link(asked: Mapping[str, list[str]]) -> tuple[Plan, str]:
    """Read the plan a link asks for; what cannot be is left out with a sentence."""
    values, problems = read_fields(TABLE, {name: asked[name] for name in asked if name in TABLE})
    try:
        plan = Plan(**values)
    except ValueError as problem:
        plan, problems = Plan(), [*problems, str(problem)]
    return plan, " ".join(sentence(problem) for problem in problems)


def write_link(plan: Plan) -> dict[str, str]:
    """Write what differs from the first plan."""
    return write_fields(TABLE, asdict(plan), asdict(Plan()))


MEMORY: Memory[Plan] = Memory(PREFIX, read_link, write_link)


def with_source(plan: Plan, source: str) -> Plan:
    """Learn from other data: all of it, and by a network that fits."""
    fits = (*fitting(DATASETS[source].input_shape), OWN)
    network = plan.network if plan.network in fits else "Small CNN"
    epochs = usual_epochs(source) if plan.epochs == usual_epochs(plan.source) else plan.epochs
    return replace(plan, source=source, network=network, epochs=epochs, examples=0)


def usual_epochs(source: str) -> int:
    """Choose how often to see every image: a few times where there are many."""
    return FEW_EPOCHS if DATASETS[source].counts[0] >= MANY else Plan.epochs


def with_optimizer(plan: Plan, name: str) -> Plan:
    """Move by another rule, at the rate to begin with."""
    return replace(plan, optimizer=name, rate=OPTIMIZERS[name].RATE)


def link_to_train(plan: Plan, source: str) -> dict[str, str]:
    """Write the parameters that open the page with a plan on some data; the data is always named."""
    asked = plan if plan.source == source else with_source(plan, source)
    return full_names(PREFIX, {"source": source, **write_link(asked)})
