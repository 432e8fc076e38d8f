"""Published counts exactly, every count of the lectures, and a slow count that shares no code."""

import re
import time

import pytest

from cnnviz.model.counting import Rules, lines, totals
from cnnviz.model.graph import Graph
from cnnviz.model.records import to_plain
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.architectures_resnet import resnet
from tests.each import each
from tests.presets import counting_twin

WEIGHTS = Rules(biases=False)
TOTALS = {
    "CNN of deck 002": 33_210,
    "MLP of deck 002": 34_093_578,
    "XOR in ten layers": 261,
    "LeNet-5 (1998)": 60_000,
    "LeNet-5, fully connected": 61_706,
    "AlexNet, one tower": 62_378_344,
    "AlexNet (2012)": 60_965_224,
    "AlexNet (torchvision)": 61_100_840,
    "VGG-11": 132_863_336,
    "VGG-13": 133_047_848,
    "VGG-16": 138_357_544,
    "VGG-19": 143_667_240,
    "GoogLeNet": 6_998_552,
    "GoogLeNet with helpers": 13_378_280,
    "ResNet-18": 11_689_512,
    "ResNet-34": 21_797_672,
    "ResNet-50": 25_557_032,
    "ResNet-101": 44_549_160,
    "ResNet-152": 60_192_808,
    "SqueezeNet 1.0": 1_248_424,
    "SqueezeNet 1.1": 1_235_496,
    "MobileNet": 4_231_976,
}
EACH = each("record", ARCHITECTURES.values(), ids=lambda record: record.title)


def by_name(title, rules=WEIGHTS):
    """Find the lines of an architecture by the names of their nodes."""
    return {line.node.name: line for line in ARCHITECTURES[title].rows(rules)}


@each(("title", "count"), TOTALS.items())
def test_the_known_totals(title, count):
    assert ARCHITECTURES[title].parameter_count == count == ARCHITECTURES[title].graph.parameter_count


@EACH
def test_every_published_number_is_reached_by_its_convention(record):
    for published in record.published:
        assert published.agrees(getattr(totals(record.rows(published.rules)), published.what))
        assert published.convention
        assert published.source


@EACH
def test_the_slow_count_agrees(record):
    nodes = [to_plain(node) for node in record.graph.nodes]
    slow = counting_twin.count(record.input_shape, nodes)
    for line in record.rows():
        shape, trained, products, reach = slow[line.node.name]
        assert line.output_shape == tuple(shape), line.node.name
        assert (line.weights, line.biases, line.others) == trained, line.node.name
        assert line.operations == products, line.node.name
        for axis, units in enumerate(reach):
            for unit in {0, len(units) // 2, len(units) - 1}:
                middle = [count // 2 for count in line.field.positions]
                seen = line.field.on_image([*middle[:axis], unit, *middle[axis + 1 :]])[axis]
                assert (seen.start, seen.stop - 1) == units[unit], line.node.name


@EACH
def test_a_record_says_where_it_comes_from(record):
    assert record.family
    assert record.paper
    assert record.remark.endswith(".")
    assert all(erratum.endswith(".") for erratum in record.errata)
    assert record.year is None or 1998 <= record.year <= 2017


def test_lenet_5_as_published():
    lines = by_name("LeNet-5 (1998)", Rules())
    counts = [lines[name].parameters for name in ("C1", "S2", "C3", "S4", "C5", "F6", "output")]
    assert counts == [156, 12, 1_516, 32, 48_120, 10_164, 0]
    assert lines["output"].fixed == 840
    connections = [lines[name].operations + lines[name].activations for name in ("C1", "C3", "C5", "F6")]
    assert connections == [122_304, 151_600, 48_120, 10_164]  # as in the paper, biases counted at every place


def test_the_cnn_and_the_mlp_of_deck_002():
    table = by_name("CNN of deck 002")
    assert [table[name].parameters for name in ("CONV1", "CONV2", "CONV3", "FC")] == [
        2400,
        12800,
        12800,
        5120,
    ]
    work = [table[name].operations for name in ("CONV1", "CONV2", "CONV3", "FC")]
    assert work == [2_457_600, 3_276_800, 819_200, 5_120]
    layers = ("CONV1", "POOL1", "CONV2", "POOL2", "CONV3", "POOL3")
    fields = [(table[name].field.size[0], table[name].field.jump[0]) for name in layers]
    assert fields == [(5, 1), (6, 2), (14, 2), (16, 4), (32, 4), (36, 8)]
    shapes = [(32, 32, 32), (32, 16, 16), (16, 16, 16), (16, 8, 8), (32, 8, 8), (32, 4, 4)]
    assert [table[name].output_shape for name in layers] == shapes
    mlp = totals(ARCHITECTURES["MLP of deck 002"].rows(WEIGHTS))
    assert mlp.parameters == 34_083_840
    assert round(mlp.parameters / 33_120) == 1029


def test_alexnet_line_by_line_as_in_decks_001_and_003():
    tower, groups = by_name("AlexNet, one tower"), by_name("AlexNet (2012)")
    told = [
        (name, line.output_shape) for name, line in tower.items() if re.match("conv.$|pool|norm|fc.$", name)
    ]
    assert told == [
        ("conv1", (96, 55, 55)), ("pool1", (96, 27, 27)), ("norm1", (96, 27, 27)),
        ("conv2", (256, 27, 27)), ("pool2", (256, 13, 13)), ("norm2", (256, 13, 13)),
        ("conv3", (384, 13, 13)), ("conv4", (384, 13, 13)), ("conv5", (256, 13, 13)), ("pool3", (256, 6, 6)),
        ("fc6", (4096,)), ("fc7", (4096,)), ("fc8", (1000,)),
    ]  # fmt: skip
    learned = ("conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8")
    weights = [34_848, 307_200, 884_736, 663_552, 442_368, 37_748_736, 16_777_216, 4_096_000]
    assert [groups[name].weights for name in learned] == weights
    neurons = [290_400, 186_624, 64_896, 64_896, 43_264, 4_096, 4_096, 1_000]
    assert [groups[name].activations for name in learned] == neurons
    assert sum(neurons) == 659_272
    assert tower["conv2"].weights == 614_400
    seen = ("conv1", "pool1", "conv2", "pool2", "conv3", "conv4", "conv5", "pool3")
    fields = [(tower[name].field.size[0], tower[name].field.jump[0]) for name in seen]
    assert fields == [(11, 4), (19, 8), (51, 8), (67, 16), (99, 16), (131, 16), (163, 16), (195, 32)]


def test_the_receptive_fields_of_the_lectures():
    lenet = by_name("LeNet-5, fully connected")
    fields = [
        (lenet[name].field.size[0], lenet[name].field.jump[0]) for name in ("C1", "S2", "C3", "S4", "C5")
    ]
    assert fields == [(5, 1), (6, 2), (14, 2), (16, 4), (32, 4)]
    published = by_name("LeNet-5 (1998)")
    assert (published["C5"].field.size[0], published["C5"].field.jump[0]) == (32, 4)
    vgg = by_name("VGG-16")["pool5"].field
    assert (vgg.size, vgg.jump, vgg.start) == ((212, 212), (32, 32), (-90, -90))
    for filters in (128, 192, 256, 384):
        table = by_name(f"AlphaGo policy, k = {filters}")
        assert {line.output_shape for line in list(table.values())[:24]} == {(filters, 19, 19)}
        assert table["conv13"].field.size == (27, 27)
    assert totals(ARCHITECTURES["AlphaGo policy, k = 192"].rows(WEIGHTS)).parameters == 3_880_128


def test_the_receptive_fields_of_araujo_et_al():
    """Table 1 of Computing receptive fields of convolutional neural networks (2019)."""
    known = {
        ("AlexNet, one tower", "pool3"): (195, 32),
        ("VGG-16", "pool5"): (212, 32),
        ("MobileNet", "pointwise14"): (315, 32),
        ("ResNet-50", "conv5_3 add"): (483, 32),
        ("ResNet-101", "conv5_3 add"): (1027, 32),
        ("ResNet-152", "conv5_3 add"): (1507, 32),
    }
    for (title, name), (size, jump) in known.items():
        field = by_name(title)[name].field
        assert (field.size, field.jump) == ((size, size), (jump, jump))


def test_every_pixel_with_every_unit_is_counted_and_never_built():
    record = ARCHITECTURES["1000 × 1000, fully connected"]
    assert totals(record.rows(WEIGHTS)).parameters == 10**12


def test_googlenet_by_its_table():
    """Some of the column of parameters in the paper's table 1, in units of 1024."""
    table = {"3a": 159, "3b": 380, "4b": 437, "4e": 840}
    lines = ARCHITECTURES["GoogLeNet"].rows(WEIGHTS)
    for name, thousands in table.items():
        counted = sum(line.parameters for line in lines if line.node.stage == f"inception {name}")
        assert counted / 1024 == pytest.approx(thousands, rel=0.012)
    sizes = [
        shape[1] for name, shape in ARCHITECTURES["GoogLeNet"].graph.shapes.items() if re.match("pool", name)
    ]
    assert sizes == [56, 28, 14, 7]


def test_sizes_that_papers_print():
    zfnet, squeeze = by_name("ZFNet"), by_name("SqueezeNet 1.0")
    sizes = [zfnet[name].output_shape[1] for name in ("conv1", "pool1", "conv2", "pool2", "conv5", "pool5")]
    assert sizes == [110, 55, 26, 13, 13, 6]
    sizes = [squeeze[name].output_shape[1] for name in ("conv1", "pool1", "pool4", "pool8", "conv10")]
    assert sizes == [111, 55, 27, 13, 13]
    mobile = by_name("MobileNet")
    assert mobile["depthwise14"].output_shape == (1024, 7, 7)
    resnet = by_name("ResNet-152")
    assert [resnet[name].output_shape for name in ("conv1", "conv2_3 add", "conv3_8 add", "conv5_3 add")] == [
        (64, 112, 112), (256, 56, 56), (512, 28, 28), (2048, 7, 7)
    ]  # fmt: skip


def test_the_largest_table_takes_no_time():
    """300 ms on a quiet machine; measured by processor time, with room for a loaded one."""
    resnet(152), lines(resnet(18))
    began = time.process_time()
    table = lines(Graph(resnet(152).input_shape, resnet(152).nodes), Rules(operations="FLOP", number_bytes=2))
    assert totals(table).parameters == 60_192_808
    assert time.process_time() - began < 0.6
