"""Every term that the lectures and our pages use, in English, Korean and Traditional Chinese.

An entry is a line with the term, its Korean, its Chinese, its symbol and related terms, and below it the
meaning in one plain sentence. To add a term, add these two lines; pages, cards and tests follow.
"""

from dataclasses import dataclass

TABLE = """
convolution | 합성곱 | 卷積 | ∗ | cross-correlation, kernel
    A kernel slides over an input; at each stop, products are added up to one output.
cross-correlation | 교차상관 | 互相關 | ⋆ | convolution
    Sliding a kernel as it is written; true convolution turns it around first.
sliding window | 슬라이딩 윈도우 | 滑動視窗 | | window, stride
    Looking at an input through a small window, one place after another.
window | 윈도우 | 視窗 | | kernel, receptive field
    The cells of the input that are read at one stop.
kernel | 커널 | 卷積核 | k | filter, weight
    The small grid of weights that slides over the input; its size is written k.
filter | 필터 | 濾波器 | F | kernel, feature map
    One kernel for each input channel, added up with one bias; a filter makes one feature map.
channel | 채널 | 通道 | C | feature map, RGB image
    One of the grids of numbers stacked in an input or output, such as red, green and blue.
depth | 깊이 | 深度 | | channel, layer
    The number of channels of a stack of maps, or the number of layers of a network.
weight | 가중치 | 權重 | w | parameter, bias
    A learned number that an input is multiplied with.
bias | 편향 | 偏差（偏置） | b | weight, parameter
    A learned number that is added to every output of a filter or neuron.
parameter | 매개변수 | 參數 | | weight, bias
    A number that training changes: a weight or a bias.
dot product | 내적 | 內積 | · | partial sum
    Multiplying two lists number by number and adding up the products.
partial sum | 부분합 | 部分和 | | channel, dot product
    What one channel alone contributes to an output, before the channels and the bias are added.
stride | 스트라이드(보폭) | 步幅 | s | window, output size
    How many cells the window moves from one stop to the next.
padding | 패딩 | 填充 | p | zero padding, output size
    Cells added around the input so that the window can reach beyond its edge.
zero padding | 제로 패딩 | 補零 | p | padding
    Padding whose cells all hold 0.
valid padding | 밸리드 패딩 | 有效填充（不填充） | | padding, output size
    No padding at all: the window stays inside the input, and the output shrinks.
same padding | 세임 패딩 | 相同填充 | | padding, stride
    As much padding as keeps the size at stride 1; at stride s the size is divided by s and rounded up.
full padding | 풀 패딩 | 完全填充 | | padding
    As much padding as gives every overlap of window and input; at stride 1 the output grows.
dilation | 팽창(딜레이션) | 擴張（空洞） | d | kernel, receptive field
    How far apart the cells are that the kernel reads; 1 means they touch.
input size | 입력 크기 | 輸入大小 | i | output size
    The number of cells along one axis of the input.
output size | 출력 크기 | 輸出大小 | o | input size, stride, padding
    The number of places where the window stops along one axis.
feature map | 피쳐맵(특징 맵) | 特徵圖 | | activation map, filter
    The grid of outputs of one filter, before the activation function.
activation map | 액티베이션 맵(활성화 맵) | 活化圖 | | feature map, activation function
    A feature map after the activation function.
activation function | 활성화 함수 | 活化函數（激勵函數） | σ | ReLU, sigmoid, saturation
    A curve applied to every output by itself, so that layers can bend what they compute.
pooling | 풀링 | 池化 | | max pooling, average pooling
    Replacing each window by one number without learned parameters, so that maps get smaller.
max pooling | 최대 풀링 | 最大池化 | | pooling
    Pooling that keeps the largest number of each window.
min pooling | 최소 풀링 | 最小池化 | | pooling
    Pooling that keeps the smallest number of each window.
average pooling | 평균 풀링 | 平均池化 | | pooling, global average pooling
    Pooling that takes the mean of each window.
global average pooling | 전역 평균 풀링 | 全域平均池化 | | average pooling, flattening
    Replacing a whole map by its mean.
overlapping pooling | 중첩 풀링 | 重疊池化 | | pooling, stride
    Pooling whose stride is smaller than its window, so that windows share cells.
downsampling | 다운샘플링 | 降採樣 | | pooling, stride
    Making a map smaller by keeping fewer numbers, by pooling or by a stride above 1.
receptive field | 수용 영역 | 感受野 | | window, local connectivity
    All cells of the input that can change one number further on in the network.
local connectivity | 국소 연결 | 局部連接 | | receptive field, weight sharing
    Each output is joined only to the cells in its window, not to the whole input.
weight sharing | 가중치 공유 | 權重共享 | | filter, parameter
    The same weights are used at every stop.
grouped convolution | 그룹 합성곱 | 分組卷積 | g | depthwise convolution
    Channels are split into groups, and each filter reads the channels of its own group only.
depthwise convolution | 깊이별 합성곱 | 逐深度卷積 | | grouped convolution, 1×1 convolution
    Convolution in which each filter reads one channel only.
1×1 convolution | 1×1 합성곱(점별 합성곱) | 1×1 卷積（逐點卷積） | | channel
    Convolution with a window of one cell: it mixes channels and leaves places alone.
3-D convolution | 3차원 합성곱 | 三維卷積 | | convolution
    Convolution whose kernel moves in three directions, as over a film or a scan.
separable kernel | 분리 가능한 커널 | 可分離卷積核 | | kernel
    A kernel that is a column times a row, so that two short kernels do its work.
translation equivariance | 이동 등변성 | 平移等變性 | | weight sharing
    Moving the input moves the output by as much; convolution at stride 1 does this away from the edges.
translation invariance | 이동 불변성 | 平移不變性 | | pooling
    Moving the input a little leaves the output as it was; pooling does this in part.
feature | 특징 | 特徵 | | feature map
    A pattern that a filter answers to: an edge, a texture, a part of an object.
edge | 에지(윤곽선) | 邊緣 | | filter
    A place where an image turns from light to dark.
blur | 블러(흐림) | 模糊 | | smoothing
    Averaging neighbouring pixels, so that fine detail is lost.
sharpening | 선명화 | 銳化 | | blur
    Adding what a blur takes away, so that fine detail stands out.
smoothing | 평활화 | 平滑化 | | moving average, noise
    Averaging neighbours, so that noise shrinks and slow changes stay.
moving average | 이동 평균 | 移動平均 | | smoothing
    Convolution with equal weights that add up to 1.
noise | 잡음 | 雜訊 | | smoothing
    Random changes on top of what is to be seen.
signal | 신호 | 訊號 | | convolution
    A series of numbers measured one after another.
pixel | 픽셀(화소) | 像素 | | grey-scale image, RGB image
    One cell of an image.
grey-scale image | 회색조 이미지 | 灰階影像 | | pixel, channel
    An image with one channel, from black to white.
RGB image | RGB 이미지 | RGB 影像 | | channel
    An image with three channels: red, green and blue.
vector | 벡터 | 向量 | | matrix, tensor
    A list of numbers.
matrix | 행렬 | 矩陣 | | vector, tensor
    Numbers in rows and columns.
tensor | 텐서 | 張量 | | matrix, flattening
    Numbers along any number of axes; a colour image has three.
flattening | 평탄화 | 攤平 | | tensor, fully connected layer
    Writing all numbers of a stack of maps into one long list.
layer | 층(레이어) | 層 | | hidden layer
    One step of a network, from one set of numbers to the next.
hidden layer | 은닉층 | 隱藏層 | | layer
    A layer between the input and the output.
fully connected layer | 완전 연결 층 | 全連接層 | | flattening, neuron
    A layer in which every output has a weight for every input.
neuron | 뉴런 | 神經元 | | weight, activation function
    A weighted sum of inputs plus a bias, passed through an activation function.
perceptron | 퍼셉트론 | 感知器 | | neuron
    A single neuron whose output is a step: on or off.
multilayer perceptron | 다층 퍼셉트론 | 多層感知器 | MLP | fully connected layer
    A network made of fully connected layers.
convolutional neural network | 합성곱 신경망 | 卷積神經網路 | CNN | convolution, pooling
    A network whose first layers slide filters over their input.
sigmoid | 시그모이드 | S 型函數 | σ | saturation, logit
    An S-shaped curve from 0 to 1: 1 / (1 + e⁻ˣ).
tanh | 쌍곡탄젠트 | 雙曲正切函數 | | sigmoid
    An S-shaped curve from −1 to 1.
ReLU | 렐루(정류 선형 유닛) | 線性整流函數 | | leaky ReLU
    Keeps positive numbers and turns negative ones into 0.
leaky ReLU | 리키 렐루 | 帶洩漏線性整流函數 | ε | ReLU
    Keeps positive numbers and multiplies negative ones with a small slope.
ELU | 지수 선형 유닛 | 指數線性單元 | α | ReLU, SELU
    Keeps positive numbers and bends negative ones smoothly towards −α.
SELU | 스케일드 지수 선형 유닛 | 縮放指數線性單元 | | ELU
    An ELU with two fixed numbers chosen so that deep layers keep mean 0 and spread 1.
GELU | 가우시안 오차 선형 유닛 | 高斯誤差線性單元 | | ReLU, SiLU
    A smooth ReLU: the number times the chance that a normal random number lies below it.
SiLU | 시그모이드 선형 유닛 | S 型加權線性單元 | | sigmoid, ReLU
    A smooth ReLU: the number times its sigmoid; also called swish.
softplus | 소프트플러스 | 軟性加函數 | | ReLU
    A ReLU with a rounded corner: ln(1 + eˣ).
hard tanh | 하드 쌍곡탄젠트 | 硬雙曲正切函數 | | tanh
    The number itself between −1 and 1, and the nearer of the two beyond.
maxout | 맥스아웃 | 最大輸出單元 | | activation function
    The largest of several straight lines, whose weights are learned.
saturation | 포화 | 飽和 | | vanishing gradient, sigmoid
    Where a curve is so flat that changing its input changes almost nothing.
softmax | 소프트맥스 | 歸一化指數函數 | | logit, probability, temperature
    Turns any numbers into positive ones that add up to 1, the largest getting most.
temperature | 온도 | 溫度 | T | softmax
    What numbers are divided by before softmax: high makes the outcome even, low makes it sharp.
logit | 로짓 | 對數勝算 | | softmax
    A number before softmax or sigmoid turns it into a probability.
probability | 확률 | 機率 | | softmax
    A number from 0 to 1 that says how likely something is.
derivative | 도함수 | 導數 | | gradient
    The slope of a curve: how fast the output changes when the input does.
gradient | 기울기(그레이디언트) | 梯度 | ∇ | derivative, backpropagation
    The derivatives by every parameter, which point to where the loss grows fastest.
vanishing gradient | 기울기 소실 | 梯度消失 | | saturation, gradient
    Gradients that shrink from layer to layer until the first layers hardly learn.
Jacobian | 야코비 행렬 | 雅可比矩陣 | J | derivative, softmax
    The table of the derivatives of every output by every input.
backpropagation | 역전파 | 反向傳播 | | gradient
    Computing all gradients from the last layer to the first by the chain rule.
loss | 손실 | 損失 | L | cross-entropy, mean squared error
    One number that says how wrong the outputs are; training makes it small.
mean squared error | 평균 제곱 오차 | 均方誤差 | MSE | loss
    The mean of the squared differences between outputs and targets.
cross-entropy | 교차 엔트로피 | 交叉熵 | | loss, softmax
    Minus the logarithm of the probability that was given to the right answer.
stochastic gradient descent | 확률적 경사 하강법 | 隨機梯度下降法 | SGD | mini-batch, learning rate
    Moving the parameters a little against the gradient, a few examples at a time.
learning rate | 학습률 | 學習率 | η | stochastic gradient descent
    The number that the gradient is multiplied with to make one step.
mini-batch | 미니배치 | 小批次 | | epoch
    The few examples that one step of training looks at.
epoch | 에포크 | 訓練週期 | | mini-batch
    One pass of training over all examples.
momentum | 모멘텀 | 動量 | | stochastic gradient descent
    Keeping a part of the last step's direction in the next one.
overfitting | 과적합 | 過度擬合 | | dropout, data augmentation
    Learning the training examples by heart and doing worse on new ones.
dropout | 드롭아웃 | 丟棄法 | | overfitting
    Leaving out randomly chosen neurons in training, so that none is relied on alone.
weight decay | 가중치 감쇠 | 權重衰減 | | overfitting
    Pulling all weights a little towards 0 at every step.
normalization | 정규화 | 正規化 | | layer
    Shifting and scaling numbers so that they have a common mean and spread.
data augmentation | 데이터 증강 | 資料擴增 | | overfitting
    Making more training examples by shifting, turning or recolouring those at hand.
ensemble | 앙상블 | 集成學習 | | overfitting
    Several networks that answer together.
residual connection | 잔차 연결 | 殘差連接 | | layer
    Adding a layer's input to its output, so that very deep networks can be trained.
"""


@dataclass(frozen=True)
class Term:
    """One term in three languages; ``see`` names related terms of the same table."""

    english: str
    korean: str
    chinese: str
    meaning: str
    symbol: str = ""
    see: tuple[str, ...] = ()


def _read(table: str) -> dict[str, Term]:
    """Read entries of two lines."""
    lines = table.strip().split("\n")
    terms = {}
    for head, meaning in zip(lines[::2], lines[1::2], strict=True):
        english, korean, chinese, symbol, see = (part.strip() for part in head.split("|"))
        related = tuple(filter(None, see.split(", ")))
        terms[english] = Term(english, korean, chinese, meaning.strip(), symbol, related)
    return terms


TERMS = _read(TABLE)
_BY_NAME = {name.lower(): term for name, term in TERMS.items()}


def look_up(name: str) -> Term:
    """Find a term, whether or not it is written with a capital letter.

    Raises
    ------
    ValueError
        If the glossary does not have it.
    """
    try:
        return _BY_NAME[name.lower()]
    except KeyError:
        raise ValueError(f"term must be in the glossary, got {name!r}") from None
