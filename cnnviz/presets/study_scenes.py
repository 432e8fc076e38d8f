"""Case studies as the lectures count them: worked examples of the page of case studies.

To add one, add a record to `SCENES` with the numbers that are known from elsewhere; menu and links follow.
Numbers are given as they are shown, with commas.
"""

from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.results import COUNTED, GAIN, MANY, TABLES, WINNER_2013
from cnnviz.presets.scene import Scene
from cnnviz.presets.studies import LAYERS
from cnnviz.presets.study_setup import StudySetup

TOPIC = "Case studies"


def _scene(title, source, notice, setup, expected, erratum=""):
    """Make a record."""
    return Scene("case_studies", title, TOPIC, source, notice, setup, expected, erratum)


def _squares(*sizes: int) -> tuple[str, ...]:
    """Write receptive fields."""
    return tuple(f"{size} × {size}" for size in sizes)


def _erratum(title: str, words: str) -> str:
    """Find an erratum of an architecture by some of its words."""
    return next(text for text in ARCHITECTURES[title].errata if words in text)


SCENES = {
    "studies_lenet": _scene(
        "LeNet-5 as published",
        "LeCun et al. (1998); lecture deck 001, LeNet-5, 60 thousand parameters",
        "156 + 12 + 1,516 + 32 + 48,120 + 10,164 = 60,000: subsampling is trained, and C3 sees only some "
        "maps.",
        StudySetup("lenet", "published"),
        {
            "parameters": ("156", "12", "1,516", "32", "48,120", "10,164"),
            "fields": _squares(5, 6, 14, 16, 32),
            "text": ("60,000",),
        },
        LAYERS,
    ),
    "studies_lenet_full": _scene(
        "LeNet-5, fully connected",
        "Lecture deck 001, LeNet-5",
        "With means for subsampling, all connections and a dense output, 61,706 parameters are counted.",
        StudySetup("lenet", "full"),
        {"parameters": ("156", "2,416", "48,120", "10,164", "850"), "text": ("61,706",)},
    ),
    "studies_alexnet_tower": _scene(
        "AlexNet in one tower",
        "Lecture deck 001, AlexNet",
        "Every filter sees all maps: 62,378,344 parameters, and 9,216 numbers where the dense layers begin.",
        StudySetup("alexnet", "tower"),
        {
            "outputs": (
                *("55 × 55 × 96", "27 × 27 × 96", "27 × 27 × 96", "27 × 27 × 256", "13 × 13 × 256"),
                *("13 × 13 × 256", "13 × 13 × 384", "13 × 13 × 384", "13 × 13 × 256", "6 × 6 × 256"),
                *("4,096", "4,096", "1,000"),
            ),
            "fields": _squares(11, 19, 19, 51, 67, 67, 99, 131, 163, 195),
            "text": ("62,378,344",),
        },
        _erratum("AlexNet, one tower", "614,400"),
    ),
    "studies_alexnet_groups": _scene(
        "AlexNet, weights and neurons",
        "Lecture deck 003, AlexNet arithmetic",
        "Conv2, conv4 and conv5 are in two groups, so each filter sees half the maps and has half the "
        "weights.",
        StudySetup("alexnet", "groups", biases=False),
        {
            "weights": (
                *("34,848", "307,200", "884,736", "663,552", "442,368"),
                *("37,748,736", "16,777,216", "4,096,000"),
            ),
            "neurons": (*("290,400", "186,624", "64,896", "64,896", "43,264", "4,096", "4,096", "1,000"),),
            "text": ("659,272", "60,954,656"),
        },
        _erratum("AlexNet (2012)", "650K"),
    ),
    "studies_alexnet_biases": _scene(
        "AlexNet as published",
        "Krizhevsky et al. (2012); lecture deck 003, 60M",
        "With biases 60,965,224 parameters, nearly all of them in the three dense layers.",
        StudySetup("alexnet", "groups"),
        {"text": ("60,965,224", "10,568")},
        _erratum("AlexNet (2012)", "54.25"),
    ),
    "studies_zfnet": _scene(
        "ZFNet",
        "Zeiler and Fergus (2014); lecture deck 001, summary table",
        "AlexNet with a first window of 7 in place of 11 and a stride of 2 in place of 4.",
        StudySetup("zfnet"),
        {"text": ("62,357,608",)},
        _erratum("ZFNet", "14.8 %"),
    ),
    "studies_vgg": _scene(
        "VGG-16",
        "Lecture deck 001, summary table, 138M",
        "138,357,544 parameters, most of them where the last maps meet the first dense layer.",
        StudySetup("vgg", "16"),
        {"text": ("138,357,544", "212 × 212", "102,764,544")},
    ),
    "studies_googlenet": _scene(
        "GoogLeNet",
        "Lecture deck 001, GoogLeNet, 6.7 %",
        "22 layers with weights on the longest way, and fewer parameters than any other network of these "
        "decks' ImageNet tables.",
        StudySetup("googlenet"),
        {"text": ("22 layers with weights", "6,998,552")},
        _erratum("GoogLeNet", "4 M"),
    ),
    "studies_inception": _scene(
        "Inception, naive",
        "Lecture decks 001 and 004, Inception, naive and with 1 × 1",
        "Without 1 × 1 convolutions the large windows read all 256 maps: nearly three times the "
        "parameters of the module that squeezes them first.",
        StudySetup("googlenet", "naive"),
        {"variant_parameters": ("6,998,552", "13,378,280", "1,089,952", "388,736")},
    ),
    "studies_resnet": _scene(
        "ResNet-152",
        "Lecture deck 001, ResNet, 152 layers, 3.6 %",
        "152 layers, 8 times VGG's 19, with fewer than half the parameters of VGG-16.",
        StudySetup("resnet"),
        {
            "variant_depths": (
                *("18", "34", "50", "101", "152"),
                *("20", "32", "44", "56", "110"),
                *("20", "32", "44", "56", "110"),
            ),
            "text": ("152 layers with weights", "60,192,808", "25,557,032"),
        },
    ),
    "studies_alphago": _scene(
        "AlphaGo's policy network",
        "Lecture deck 001, AlphaGo policy network, k = 192",
        "19 × 19 from the first layer to the last; a unit in the middle sees 27 × 27, more than the board.",
        StudySetup("alphago", "192", biases=False),
        {
            "outputs": ("19 × 19 × 192",) * 12 + ("19 × 19 × 1",) * 2,
            "text": ("3,880,128", "27 × 27"),
        },
    ),
    "studies_alphago_widths": _scene(
        "AlphaGo, four widths",
        "Lecture deck 001, AlphaGo policy network, k = 128, 256 and 384",
        "Twice the maps make four times the weights of a layer between them.",
        StudySetup("alphago", "192"),
        {"variant_parameters": ("1,776,105", "3,880,489", "6,795,881", "15,059,689")},
    ),
    "studies_depth": _scene(
        "Plain against residual",
        "Lecture deck 000, plain networks of 20 and 56 layers, ResNet of 110; He et al. (2016)",
        "Both kinds have the same parameters: the way past costs nothing, and it decides which depth pays.",
        StudySetup("depth"),
        {
            "plain_parameters": ("269,722", "464,154", "658,586", "853,018", "1,727,962"),
            "residual_parameters": ("269,722", "464,154", "658,586", "853,018", "1,727,962"),
        },
    ),
    "studies_story": _scene(
        "Errors, depth and parameters",
        "Lecture decks 000, 001 and 003, ImageNet",
        "The error falls below the human's 5.1 % as depth grows; parameters go up and down.",
        StudySetup("story"),
        {"errors": ("26.2 %", "15.3 %", "14.8 %", "7.32 %", "6.67 %", "3.57 %", "5.1 %")},
        GAIN,
    ),
    **{
        f"results_{name}": _scene(
            f"Quoted: {table.title}",
            table.source,
            "The figures are copied from the deck, not computed.",
            StudySetup("results", name),
            {"figures": tuple(figure for entry in table.entries for figure in entry.figures if figure)},
            {"summary": WINNER_2013, "teams": COUNTED, "decks": MANY}.get(name, ""),
        )
        for name, table in TABLES.items()
    },
    "studies_sentence": _scene(
        "A sentence, word by word",
        "Lecture deck 001, Kim (2014); the vectors are ours",
        "A filter reads whole words, and of each map only the largest number goes on.",
        StudySetup("sentence"),
        {"maxima": ("2.3", "2", "1.8", "1.6", "1.1", "1.6"), "scores": ("0.36, 63 %", "−0.18, 37 %")},
    ),
}
FIRST = "studies_lenet"
