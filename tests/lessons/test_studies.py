"""Networks told as their papers tell them: tables against the lectures, bars, depth, the experiment."""

import numpy as np
import pytest

from cnnviz.lessons.drawing import foldable, shown_parts
from cnnviz.lessons.studies import counted, folded, rows
from cnnviz.lessons.studies_depth import KERNELS, KINDS, Block, X, depth_sheet, largest, three_blocks
from cnnviz.lessons.studies_story import moments, story_sheet
from cnnviz.lessons.studies_tables import network_table, published_sheet, results_sheet, variants_sheet
from cnnviz.lessons.studies_told import bars_of, most, outline, short_count
from cnnviz.model.counting import Rules, lines, totals
from cnnviz.model.merges import Add
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.results import TABLES
from cnnviz.presets.studies import STUDIES
from tests.each import each

WEIGHTS, ALL = Rules(biases=False), Rules()
TITLES = [title for study in STUDIES.values() for _, title in study.variants.values() if title]


def column(title: str, head: str, rules: Rules = ALL) -> list[str]:
    """Read what a table shows below a head, without gaps."""
    table = network_table(ARCHITECTURES[title].graph, rules)
    at = [each.text for each in table.heads].index(head)
    return [row.cells[at] for row in table.rows if row.cells[at]]


def test_alexnet_is_counted_line_by_line_as_in_deck_003():
    """Weights and neurons as the deck lists them; the neurons' sum is 659,272 (erratum E10)."""
    weights = "34,848 307,200 884,736 663,552 442,368 37,748,736 16,777,216 4,096,000"
    neurons = "290,400 186,624 64,896 64,896 43,264 4,096 4,096 1,000"
    assert column("AlexNet (2012)", "Weights", WEIGHTS) == weights.split()
    assert column("AlexNet (2012)", "Neurons", WEIGHTS) == neurons.split()
    table = network_table(ARCHITECTURES["AlexNet (2012)"].graph, WEIGHTS)
    assert table.total[2:5] == ("659,272", "60,954,656", "60,954,656")
    assert sum(int(number.replace(",", "")) for number in neurons.split()[:5]) == 650_080


def test_alexnet_in_one_tower_has_the_sizes_of_deck_001():
    assert column("AlexNet, one tower", "Output") == [
        *("55 × 55 × 96", "27 × 27 × 96", "27 × 27 × 96", "27 × 27 × 256", "13 × 13 × 256"),
        *("13 × 13 × 256", "13 × 13 × 384", "13 × 13 × 384", "13 × 13 × 256", "6 × 6 × 256"),
        *("4,096", "4,096", "1,000"),
    ]
    assert column("AlexNet, one tower", "Weights")[:2] == ["34,848", "614,400"]
    table = network_table(ARCHITECTURES["AlexNet, one tower"].graph, ALL)
    assert table.rows[3].cells[0] == "conv2: Conv 256 @ 5×5, padding 2, ReLU"
    assert table.total[3:6] == ("62,367,776", "10,568", "62,378,344")
    assert 6 * 6 * 256 == 9216


def test_lenet_adds_up_to_sixty_thousand_in_both_ways():
    assert column("LeNet-5 (1998)", "Parameters") == ["156", "12", "1,516", "32", "48,120", "10,164"]
    assert column("LeNet-5, fully connected", "Parameters") == ["156", "2,416", "48,120", "10,164", "850"]
    assert column("LeNet-5 (1998)", "Sees")[:5] == [f"{size} × {size}" for size in (5, 6, 14, 16, 32)]


def test_the_other_counts_of_the_decks_are_in_the_totals():
    def total(title, rules):
        return network_table(ARCHITECTURES[title].graph, rules).total[-3]

    assert total("VGG-16", ALL) == "138,357,544"
    assert total("AlphaGo policy, k = 192", WEIGHTS) == "3,880,128"
    assert total("ResNet-50", ALL) == "25,557,032"
    assert total("AlexNet (torchvision)", ALL) == "61,100,840"
    assert column("VGG-16", "Sees")[-1] == "212 × 212"
    assert column("AlphaGo policy, k = 192", "Sees")[-1] == "27 × 27"
    assert {*column("AlphaGo policy, k = 192", "Output")} == {"19 × 19 × 192", "19 × 19 × 1"}


def test_receptive_fields_are_those_of_the_oracle():
    alexnet = [11, 19, 51, 67, 99, 131, 163, 195]
    assert [*dict.fromkeys(column("AlexNet, one tower", "Sees"))] == [f"{size} × {size}" for size in alexnet]


@each("rules", [ALL, Rules(False, "FLOP")], ids=["with biases, MAC", "weights, FLOP"])
@each("title", TITLES)
def test_rows_leave_nothing_out_and_count_nothing_twice(title, rules):
    graph = ARCHITECTURES[title].graph
    total = totals(lines(graph, rules))
    for table in (rows(graph, rules), folded(rows(graph, rules), foldable(graph))):
        assert sum(row.weights for row in table) == total.weights
        assert sum(row.parameters for row in table) == total.parameters
        assert sum(row.operations for row in table) == total.operations
    parts = bars_of(graph, rules)
    assert sum(bar.of_parameters for bar in parts) == pytest.approx(1)
    assert sum(bar.of_operations for bar in parts) == pytest.approx(1)


@each("title", TITLES)
def test_lines_of_the_table_are_boxes_of_the_drawing(title):
    graph = ARCHITECTURES[title].graph
    stages = [stage for stage, _ in foldable(graph)][:1]
    for opened in ((), stages):
        boxes = {name for part in shown_parts(graph, opened) for name in (part.name, *part.members)}
        assert {row.name for row in network_table(graph, ALL, opened).rows} <= boxes


@each(
    ("title", "layers"),
    [
        ("LeNet-5, fully connected", 5),
        ("AlexNet (2012)", 8),
        ("ZFNet", 8),
        ("VGG-11", 11),
        ("VGG-19", 19),
        ("GoogLeNet", 22),
        *((f"ResNet-{depth}", depth) for depth in (18, 34, 50, 101, 152)),
        *(
            (f"{kind}-{depth} (CIFAR-10)", depth)
            for kind in ("ResNet", "Plain net")
            for depth in (20, 56, 110)
        ),
        ("AlphaGo policy, k = 192", 13),
        ("Sentence CNN", 2),
    ],
)
def test_depth_is_what_the_paper_calls_it(title, layers):
    assert counted(ARCHITECTURES[title].graph, ALL).depth == layers


def test_resnet_is_eight_times_as_deep_as_vgg():
    deep, vgg = (counted(ARCHITECTURES[title].graph, ALL).depth for title in ("ResNet-152", "VGG-19"))
    assert deep / vgg == 8.0
    assert "152 layers are 8 times as many as VGG's 19" in STUDIES["resnet"].remark


def test_only_the_middle_of_the_board_sees_all_of_it():
    record = ARCHITECTURES["AlphaGo policy, k = 192"]
    field = lines(record.graph)[-1].field
    seen = [tuple(map(len, field.on_image(unit))) for unit in ((9, 9), (0, 0), (5, 13), (4, 9))]
    assert seen == [(19, 19), (14, 14), (19, 19), (18, 19)]
    assert "all 19 × 19 points, one in a corner 14 × 14" in STUDIES["alphago"].remark


def test_a_line_says_how_large_a_network_is_and_where_it_is_so():
    record = ARCHITECTURES["AlexNet (2012)"]
    assert outline(record, WEIGHTS) == (
        "**AlexNet (2012):** 60,954,656 parameters without biases, 724 million MACs, 8 layers with weights, "
        "receptive field 195 × 195 on an input of 227 × 227."
    )
    told = most(bars_of(record.graph, ALL), "MAC")
    assert told == "**fc6** holds 61.9 % of the parameters, **conv2** does 30.9 % of the MACs."
    alphago, resnet = (ARCHITECTURES[title].graph for title in ("AlphaGo policy, k = 192", "ResNet-152"))
    assert most(bars_of(alphago, WEIGHTS), "MAC") == (
        "**conv2** and 10 more hold 8.6 % each of the parameters and do 8.6 % each of the MACs."
    )
    assert most(bars_of(resnet, ALL), "FLOP") == (
        "**conv4_x** holds 67.5 % of the parameters and does 70.4 % of the FLOPs."
    )
    assert [short_count(count) for count in (84, 61_706, 60_965_224, 11_282_415_616)] == [
        *("84", "61.7 thousand", "61 million", "11.3 billion"),
    ]


def test_published_counts_stand_beside_ours():
    records = tuple(ARCHITECTURES[title] for _, title in STUDIES["alexnet"].variants.values())
    sheet = published_sheet(records, records[0])
    pairs = [tuple(cell.text for cell in row.cells) for row in sheet.rows]
    assert ("60,965,224", "60,965,224") in pairs
    assert all(published == ours for published, ours in pairs if not published.startswith("about"))
    assert [row.lit for row in sheet.rows].count(True) == len(records[0].published)


def test_variants_stand_side_by_side():
    named = {label: ARCHITECTURES[title] for label, title in STUDIES["googlenet"].variants.values()}
    sheet = variants_sheet(named, "GoogLeNet", ALL)
    naive, reduced = (int(sheet.rows[at].cells[2].text.replace(",", "")) for at in (2, 3))
    assert naive == 256 * (128 + 9 * 192 + 25 * 96) + 128 + 192 + 96
    assert reduced == (
        256 * (128 + 128 + 32 + 64) + 9 * 128 * 192 + 25 * 32 * 96 + (128 + 128 + 192 + 32 + 96 + 64)
    )
    assert [row.lit for row in sheet.rows] == [True, False, False, False]


def test_the_story_counts_what_it_can():
    told = moments()
    assert [(one.name, one.depth, one.parameters) for one in told] == [
        ("Second best", 0, 0),
        ("AlexNet", 8, 60_965_224),
        ("ZFNet", 8, 62_357_608),
        ("VGG-16", 16, 138_357_544),
        ("GoogLeNet", 22, 6_998_552),
        ("ResNet-152", 152, 60_192_808),
    ]
    assert [one.error for one in told] == [26.2, 15.3, 14.8, 7.32, 6.67, 3.57]
    assert [row.cells[0].text for row in story_sheet().rows][-1] == "5.1 %"


def test_quoted_tables_show_figures_as_printed_with_bars_of_their_column():
    sheet = results_sheet(TABLES["vgg"])
    assert [cell.text for cell in sheet.rows[3].cells] == ["–", "7.9", "–"]
    assert sheet.rows[-1].cells[0].part == 1
    assert sheet.rows[0].cells[0].part == pytest.approx(23.7 / 40.7)
    assert [row.name for row in results_sheet(TABLES["teams"]).rows if row.lit] == ["Human"]
    years = [row.cells[0] for row in results_sheet(TABLES["summary"]).rows]
    assert {cell.part for cell in years} == {None}


def test_plain_and_residual_nets_have_the_same_parameters():
    """The first layer, 6n of 3 × 3, the dense one; each with batch normalisation but the last."""
    sheet = depth_sheet(ALL)
    for row, n in zip(sheet.rows, (3, 5, 7, 9, 18), strict=True):
        widths = [16, 32, 64]
        inner = sum((2 * n - 1) * 9 * w * w + 2 * n * 2 * w for w in widths)
        between = 9 * (16 * 16 + 16 * 32 + 32 * 64)
        count = 27 * 16 + 32 + inner + between + 64 * 10 + 10
        assert [cell.text for cell in row.cells[:3]] == [str(6 * n + 2), f"{count:,}", f"{count:,}"]


@pytest.mark.parametrize("scale", range(0, 11, 5))
def test_the_block_is_two_convolutions_with_and_without_a_way_past(scale):
    block = Block.of(scale)
    first, second = KERNELS * scale / 10
    inner = np.maximum(np.correlate(np.pad(X, 1), first, "valid"), 0)
    branch = np.correlate(np.pad(inner, 1), second, "valid")
    np.testing.assert_allclose(block.branch, branch, atol=1e-9)
    np.testing.assert_allclose(block.plain, np.maximum(branch, 0), atol=1e-9)
    np.testing.assert_allclose(block.residual, np.maximum(branch + X, 0), atol=1e-9)
    assert max(np.abs(signal.values).max() for signal in block.signals) <= largest()


def test_three_blocks_differ_only_in_the_way_past():
    plain, residual = (three_blocks(kind) for kind in KINDS)
    assert plain.input_shape == residual.input_shape == plain.output_shape == residual.output_shape
    assert [node.name for node in residual.nodes if isinstance(node.layer, Add)] == [
        f"conv2_{block} add" for block in (1, 2, 3)
    ]
    assert plain.parameter_count == residual.parameter_count == 6 * (9 * 16 * 16 + 2 * 16)


def test_with_weights_of_zero_only_the_residual_block_hands_its_input_on():
    block = Block.of(0)
    assert block.residual.tolist() == X.tolist()
    assert not block.plain.any()
    assert block.told(0) == (
        "All weights are 0: the plain block moves every number by 1.75 on average, the residual block by 0."
    )
