"""Case studies: one frozen record each, with its variants, what was new, and where the literature disagrees.

Numbers of a study are counted from its `graph`; texts hold none but quoted ones. To add a study, add a record
to `STUDIES`; the page, its menu and its links follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass

CIFAR_DEPTHS = (20, 32, 44, 56, 110)


@dataclass(frozen=True)
class Study:
    """A network that made a difference.

    Parameters
    ----------
    title, label : str
        In a heading, and in the menu.
    variants : mapping of str to (str, str)
        By the key in links: what it is called in the menu, and its name in `ARCHITECTURES`.
    new : str
        What was new: three sentences, terms of the glossary in braces.
    errata : tuple of str
        What decks print about it otherwise, beside what the architecture's own record says.
    tables : tuple of str
        Keys of `TABLES` that hold its results.
    remark : str
        What the decks say besides.
    first : str
        The variant to start with, if that is not the first one.
    """

    title: str
    label: str
    variants: Mapping[str, tuple[str, str]]
    new: str
    errata: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    remark: str = ""
    first: str = ""

    @property
    def opens_with(self) -> str:
        """The variant to start with."""
        return self.first or next(iter(self.variants))


LAYERS = (
    "Deck 001 counts 8 layers in LeNet, 7 in AlexNet and 19 in GoogLeNet. Usually LeNet-5 is said to have "
    "7, with its subsampling, AlexNet 8 and GoogLeNet 22."
)
INPUTS = (
    f"Deck 003 gives the input as 150K numbers: {224 * 224 * 3:,} for 224 × 224 × 3. With the 227 × 227 × 3 "
    f"that the rest of its table needs there are {227 * 227 * 3:,}."
)
STUDIES = {
    "lenet": Study(
        "LeNet-5, 1998",
        "LeNet-5",
        {
            "published": ("As published", "LeNet-5 (1998)"),
            "full": ("Fully connected", "LeNet-5, fully connected"),
        },
        "LeNet-5 learned its {filters|filter} from pictures of digits; until then people had designed "
        "them. {Convolution} and {downsampling} take turns, so the maps shrink while their number grows. "
        "Banks read the amounts on cheques with it.",
        (LAYERS,),
        ("summary",),
    ),
    "alexnet": Study(
        "AlexNet, 2012",
        "AlexNet",
        {
            "groups": ("As published, two groups", "AlexNet (2012)"),
            "tower": ("One tower", "AlexNet, one tower"),
            "torchvision": ("torchvision", "AlexNet (torchvision)"),
        },
        "It was the first convolutional network to win ImageNet, and won by far: {ReLU} made a network of "
        "this size quick enough to train. Two graphics cards shared the work, which is why some layers "
        "are {in groups|grouped convolution}. {Dropout}, {data augmentation} and {weight decay} kept its "
        "millions of weights from {learning by heart|overfitting}.",
        (INPUTS, LAYERS),
        ("summary", "teams", "vgg"),
        "Trained, as deck 001 says, with batches of 128, momentum 0.9, a learning rate of 0.01 that was "
        "divided by 10 when learning stood still, weight decay 0.0005 and dropout 0.5; an ensemble of "
        "seven took the error from 18.2 % to 15.4 %.",
    ),
    "zfnet": Study(
        "ZFNet, 2013",
        "ZFNet",
        {"whole": ("As published", "ZFNet")},
        "Zeiler and Fergus ran a network backwards, from a {feature map} to the {pixels|pixel} that had "
        "excited it, and so saw what each {filter} looks for. The pictures showed that AlexNet's first "
        "layer was too coarse. A window of 7 in place of 11 and a {stride} of 2 in place of 4 mended it.",
        (),
        ("summary", "vgg", "teams"),
    ),
    "vgg": Study(
        "VGG, 2014",
        "VGG",
        {str(depth): (f"VGG-{depth}", f"VGG-{depth}") for depth in (11, 13, 16, 19)},
        "Every {window} has 3 × 3 cells: two in a row see 5 × 5 and three see 7 × 7, with fewer "
        "{weights|weight} and a {ReLU} after each. Maps halve and {channels|channel} double from block to "
        "block. So depth became the one thing to vary, and deeper was better up to 16 or 19 layers.",
        (),
        ("vgg", "summary", "teams", "resnet"),
        first="16",
    ),
    "googlenet": Study(
        "GoogLeNet, 2014",
        "GoogLeNet",
        {
            "whole": ("Whole network", "GoogLeNet"),
            "helpers": ("As it was trained", "GoogLeNet with helpers"),
            "naive": ("One module, naive", "Inception module, naive"),
            "reduced": ("One module, with 1 × 1", "Inception module, with 1 × 1"),
        },
        "A module looks through windows of 1, 3 and 5 cells side by side and stacks all maps: the network "
        "chooses the size. {1×1 convolution} in front of the large windows squeezes the {channels|channel}, "
        "which saves most of the work. At the end {global average pooling} takes the place of large dense "
        "layers.",
        (),
        ("summary", "vgg", "teams", "resnet"),
    ),
    "resnet": Study(
        "ResNet, 2015",
        "ResNet",
        {
            **{str(depth): (f"ResNet-{depth}", f"ResNet-{depth}") for depth in (18, 34, 50, 101, 152)},
            **{
                f"cifar{depth}": (f"CIFAR-10, {depth}", f"ResNet-{depth} (CIFAR-10)")
                for depth in CIFAR_DEPTHS
            },
            **{
                f"plain{depth}": (f"CIFAR-10, plain, {depth}", f"Plain net-{depth} (CIFAR-10)")
                for depth in CIFAR_DEPTHS
            },
        },
        "Every block adds its input to its output, a {residual connection}: it has to learn a change "
        "only, and to change nothing is easy. On the way back the {gradient} passes through the additions "
        "as it is, so much deeper networks can be trained. From 50 layers on a block narrows by {1×1 "
        "convolution}, looks, and widens again, which keeps the work in bounds.",
        (),
        ("resnet", "summary"),
        "Deck 001: 152 layers are 8 times as many as VGG's 19; trained for two to three weeks on 8 "
        "graphics cards; better than the second best by 16 % and 27 % in two tasks of ImageNet and by 11 "
        "% and 12 % in two of COCO.",
        first="152",
    ),
    "alphago": Study(
        "AlphaGo, policy network, 2016",
        "AlphaGo",
        {str(k): (f"k = {k}", f"AlphaGo policy, k = {k}") for k in (128, 192, 256, 384)},
        "A Go board is a picture of 19 × 19 cells with 48 {channels|channel}, and a move is the cell with "
        "the largest {probability}. {Zero padding} keeps 19 × 19 from the first layer to the last, "
        "without {pooling}, as every point counts. The last layer has a {bias} of its own for each point "
        "of the board.",
        remark="A receptive field of 27 × 27 is more than the board has, but not everywhere: a unit in the "
        "middle sees all 19 × 19 points, one in a corner 14 × 14 of them.",
        first="192",
    ),
    "sentence": Study(
        "A sentence CNN, 2014",
        "Sentence CNN",
        {"worked": ("Worked example", ""), "whole": ("As published", "Sentence CNN")},
        "A sentence is a picture with a row for each word, and a {filter} reads a few whole "
        "words at a time: its {kernel} is as wide as the picture. The largest number of each map is kept, "
        "whatever the length of the sentence. Two {channels|channel} hold the same word vectors, once "
        "fixed and once trained along.",
    ),
}
