"""Published results, copied and not computed: the decks' tables of errors, each figure with its source.

A figure is kept as it is printed; "" where the table leaves a gap. To add a table, add a record to `TABLES`.
Rows are only what the decks give: nothing is filled in from elsewhere but the names of the entries, and
`ResultsTable.source` says so.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One line of a table: who, and the figures as printed."""

    name: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class ResultsTable:
    """A table of quoted figures.

    Parameters
    ----------
    title, label, source : str
        What it lists, the same in a menu, and where it is printed.
    columns : tuple of str
        Over the figures.
    entries : tuple of Entry
    unit : str
        Of all figures.
    notes : tuple of str
        Where it disagrees with another deck or with its own arithmetic, a sentence or two each.
    """

    title: str
    label: str
    source: str
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]
    unit: str = "%"
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a line of another length."""
        for entry in self.entries:
            if len(entry.figures) != len(self.columns):
                raise ValueError(f"figures must be {len(self.columns)} a line, got {entry}")


def _entries(*lines: tuple[str, ...]) -> tuple[Entry, ...]:
    return tuple(Entry(name, figures) for name, *rest in lines for figures in (tuple(rest),))


SECOND_2012, FIRST_2012, SEVEN_2012 = 26.2, 15.3, 15.4  # top-5 errors in %, as deck 001 prints them
IMAGES = {"training": 1_281_167, "validation": 50_000, "test": 100_000}  # ILSVRC 2012
PRINTED_GAIN, PRINTED_TEST = 10.8, 150_000  # what decks 001 and 003 print

ROUNDED = (
    "GoogLeNet has 6.67 % in decks 001 and 003, 6.66 % in the second table of deck 000 and 6.7 % in its "
    "first: one result, rounded in three ways."
)
WINNER_2013 = (
    "Who won in 2013? Deck 001 gives first place to ZFNet with 14.8 %, deck 003 to Clarifai with 11.2 %. "
    "Both figures are right: Zeiler and Fergus published 14.8 %, and Zeiler's company Clarifai won with a "
    "later network, 11.7 % without and 11.2 % with additional training images."
)
MANY = (
    "Top-5 errors in %. One network differs from several that vote, validation images from test images, what "
    "was handed in from what was trained later, and with more training images from without."
)
GAIN = (
    f"Deck 001 prints an improvement of {PRINTED_GAIN} % beside {FIRST_2012} %. From {SECOND_2012} % it is "
    f"{SECOND_2012 - FIRST_2012:.1f}; {SECOND_2012 - SEVEN_2012:.1f} belongs to the {SEVEN_2012} % that the "
    "same deck gives for the ensemble of seven. The paper has both: 15.4 % on validation images, 15.3 % on "
    "test images."
)
COUNTED = (
    f"Deck 003 prints 150K test images and 1,431,167 images in all. The sum is {IMAGES['training']:,} + "
    f"{IMAGES['validation']:,} + {IMAGES['test']:,} = {sum(IMAGES.values()):,}, with 100K test images; 150K "
    f"would give {sum(IMAGES.values()) - IMAGES['test'] + PRINTED_TEST:,}. The AlexNet paper itself prints "
    "150,000."
)
LAYERS = (
    "Deck 001 counts 8 layers in LeNet, 7 in AlexNet and 19 in GoogLeNet. Usually LeNet-5 is said to have 7 "
    "with its subsampling, AlexNet 8 and GoogLeNet 22; the table shows what the deck prints."
)

TABLES = {
    "summary": ResultsTable(
        "ImageNet, year by year",
        "Deck 001",
        "Lecture deck 001, summary table; figures quoted",
        ("Year", "Layers", "Top-5 error, %", "Parameters"),
        _entries(
            ("LeNet", "1998", "8", "", "60 thousand"),
            ("AlexNet", "2012", "7", "15.3", "60 million"),
            ("ZFNet", "2013", "", "14.8", ""),
            ("GoogLeNet", "2014", "19", "6.67", "4 million"),
            ("VGG", "2014", "", "7.3", "138 million"),
            ("ResNet", "2015", "152", "3.6", ""),
        ),
        unit="",
        notes=(LAYERS, WINNER_2013, GAIN),
    ),
    "decks": ResultsTable(
        "Deck against deck",
        "All decks",
        "Lecture decks 000, 001 and 003, what each prints for the same network; figures quoted",
        ("Deck 000", "Deck 001", "Deck 003"),
        _entries(
            ("AlexNet, several networks", "16.4", "15.3 and 15.4", "16.4 and 15.3"),
            ("AlexNet, one network", "18.2", "18.2", ""),
            ("ZFNet", "14.8 and 16.1", "14.8", ""),
            ("Clarifai", "11.7 and 12.5", "", "11.7 and 11.2"),
            ("VGG", "7.3, 7.32 and 6.8", "7.3", "7.32"),
            ("GoogLeNet", "6.7, 6.66 and 7.9", "6.67 and 6.7", "6.67"),
            ("PReLU network", "4.94", "", "4.94"),
            ("Inception with batch normalisation", "4.82", "", "4.82"),
            ("ResNet", "3.57", "3.6", ""),
            ("Human", "", "", "5.1"),
        ),
        unit="",
        notes=(MANY, WINNER_2013, ROUNDED),
    ),
    "teams": ResultsTable(
        "ILSVRC classification, team by team",
        "Deck 003",
        "Lecture deck 003, ILSVRC table; figures quoted, teams named after their papers",
        ("Top-5 error, %",),
        _entries(
            ("AlexNet, 2012", "16.4"),
            ("AlexNet with more training images, 2012", "15.3"),
            ("Clarifai, 2013", "11.7"),
            ("Clarifai with more training images, 2013", "11.2"),
            ("VGG, 2014", "7.32"),
            ("GoogLeNet, 2014", "6.67"),
            ("Deep Image (Baidu), 2015", "5.33"),
            ("Human", "5.1"),
            ("PReLU network (Microsoft), 2015", "4.94"),
            ("Inception with batch normalisation (Google), 2015", "4.82"),
        ),
        notes=(WINNER_2013, ROUNDED, COUNTED),
    ),
    "vgg": ResultsTable(
        "VGG against the others",
        "Deck 000, VGG",
        "Lecture deck 000, table 7 of Simonyan and Zisserman (2015); figures quoted",
        ("Top-1, validation", "Top-5, validation", "Top-5, test"),
        _entries(
            ("VGG, 2 networks", "23.7", "6.8", "6.8"),
            ("VGG, 1 network", "24.4", "7.1", "7.0"),
            ("VGG, as handed in, 7 networks", "24.7", "7.5", "7.3"),
            ("GoogLeNet, 1 network", "", "7.9", ""),
            ("GoogLeNet, 7 networks", "", "6.7", ""),
            ("MSRA, 11 networks", "", "", "8.1"),
            ("MSRA, 1 network", "27.9", "9.1", "9.1"),
            ("Clarifai, several networks", "", "", "11.7"),
            ("Clarifai, 1 network", "", "", "12.5"),
            ("Zeiler and Fergus, 6 networks", "36.0", "14.7", "14.8"),
            ("Zeiler and Fergus, 1 network", "37.5", "16.0", "16.1"),
            ("OverFeat, 7 networks", "34.0", "13.2", "13.6"),
            ("OverFeat, 1 network", "35.7", "14.2", ""),
            ("AlexNet, 5 networks", "38.1", "16.4", "16.4"),
            ("AlexNet, 1 network", "40.7", "18.2", ""),
        ),
        notes=(ROUNDED,),
    ),
    "resnet": ResultsTable(
        "ResNet against the others",
        "Deck 000, ResNet",
        "Lecture deck 000, ensembles on the test images, after He et al. (2016); figures quoted",
        ("Top-5 error, test, %",),
        _entries(
            ("VGG, ILSVRC 2014", "7.32"),
            ("GoogLeNet, ILSVRC 2014", "6.66"),
            ("VGG, version 5 of the paper", "6.8"),
            ("PReLU network", "4.94"),
            ("Inception with batch normalisation", "4.82"),
            ("ResNet, ILSVRC 2015", "3.57"),
        ),
        notes=(ROUNDED,),
    ),
    "cifar": ResultsTable(
        "CIFAR-10 leaders",
        "Deck 002, CIFAR-10",
        "Lecture deck 002, table of 14 results, of which only the first and the last are at hand; quoted",
        ("Accuracy, %",),
        _entries(
            ("First of the deck's 14 lines", "96.53"),
            ("Last of the deck's 14 lines", "92.49"),
            ("A multilayer perceptron, as the deck remarks", "50"),
        ),
        notes=(
            "The twelve lines between are not shown here, as we do not have their figures. The deck's point "
            "stands: with shared windows an error of one half becomes one of a few in a hundred.",
        ),
    ),
}


@dataclass(frozen=True)
class Milestone:
    """A point of the ImageNet story: a quoted top-5 error in %, and the architecture that is counted."""

    year: int
    name: str
    error: str
    study: str = ""  # a key of STUDIES; "" where no network is counted
    variant: str = ""
    source: str = ""


HUMAN = "5.1"
STORY = (
    Milestone(2012, "Second best", "26.2", source="Lecture deck 001"),
    Milestone(2012, "AlexNet", "15.3", "alexnet", "groups", "Lecture decks 001 and 003"),
    Milestone(2013, "ZFNet", "14.8", "zfnet", "whole", "Lecture decks 000 and 001"),
    Milestone(2014, "VGG-16", "7.32", "vgg", "16", "Lecture decks 000, 001 and 003"),
    Milestone(2014, "GoogLeNet", "6.67", "googlenet", "whole", "Lecture decks 000, 001 and 003"),
    Milestone(2015, "ResNet-152", "3.57", "resnet", "152", "Lecture decks 000 and 001"),
)
