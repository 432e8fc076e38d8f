"""Train the networks in `assets/networks` anew: ``python -m cnnviz.presets.make_trained``.

Needs MNIST, from `CNNVIZ_DATA_DIR` or fetched. The same seeds give the same weights.
"""

from cnnviz.model.data import Data
from cnnviz.model.datasets import DATASETS
from cnnviz.model.loss import LOSSES
from cnnviz.model.saving import save
from cnnviz.model.training import State, begin, network_of, step
from cnnviz.presets.trained import NETWORKS, TRAINED, Trained


def train(trained: Trained, data: Data) -> State:
    """Take all steps of a recipe, and print the held-out accuracy after each epoch."""
    recipe, state = trained.recipe, begin(trained.recipe, data)
    of_an_epoch = recipe.steps_of_an_epoch(len(data.train))
    for taken in range(1, recipe.steps(len(data.train)) + 1):
        state, _ = step(recipe, data, state)
        if taken % of_an_epoch == 0:
            score = network_of(recipe, data, state).score(data.held_out, LOSSES[recipe.loss])
            print(f"{trained.name}, epoch {taken // of_an_epoch}: {score.accuracy:.4f}", flush=True)
    return state


def main() -> None:
    """Train all of them."""
    NETWORKS.mkdir(parents=True, exist_ok=True)
    for trained in TRAINED.values():
        data = DATASETS[trained.data].load()
        trained.path.write_bytes(save(trained.recipe, data, train(trained, data)))
        print(f"{trained.path.name}: {trained.path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
