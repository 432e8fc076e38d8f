"""How long the largest tables take to count, nothing kept: ``python -m benchmarks.counting``."""

from benchmarks.measure import interleaved
from cnnviz.model.counting import Rules, lines, totals
from cnnviz.presets.architectures_resnet import resnet
from cnnviz.presets.architectures_vgg import vgg

AIM = 300  # milliseconds, for ResNet-152


def count(build, depth: int) -> int:
    """Build a network and count every line of it anew."""
    lines.cache_clear()
    return totals(lines(build(depth), Rules())).parameters


def main() -> None:
    """Print the medians."""
    calls = {"ResNet-152": lambda: count(resnet, 152), "VGG-16": lambda: count(vgg, 16)}
    for name, seconds in interleaved(calls).items():
        print(f"{name}: built and counted in {seconds * 1e3:.0f} ms (aim {AIM})")


if __name__ == "__main__":
    main()
