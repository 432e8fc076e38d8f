"""Layers that Keras does not have, as they stand in an exported program."""

CLASSES = {
    "Maxout": '''
class Maxout(layers.Layer):
    """The larger of two lines."""

    def __init__(self, w1=-0.5, b1=0.0, w2=1.0, b2=-1.5):
        super().__init__()
        self.lines = (w1, b1), (w2, b2)

    def call(self, x):
        (w1, b1), (w2, b2) = self.lines
        return keras.ops.maximum(w1 * x + b1, w2 * x + b2)
''',
    "PaddedMeanPool": '''
class PaddedMeanPool(layers.Layer):
    """Means of windows in which padding does not count; sides are (top, bottom), (left, right)."""

    def __init__(self, size, stride, sides):
        super().__init__()
        self.pool = layers.AveragePooling2D(size, strides=stride)
        self.pad = layers.ZeroPadding2D(sides)

    def call(self, x):
        return self.pool(self.pad(x)) / self.pool(self.pad(keras.ops.ones_like(x)))
''',
    "LocalResponseNorm": '''
class LocalResponseNorm(layers.Layer):
    """Divides by how strongly the channels around answer."""

    def __init__(self, size, alpha, beta, k):
        super().__init__()
        self.size, self.alpha, self.beta, self.k = size, alpha, beta, k

    def call(self, x):
        before = self.size // 2
        squares = keras.ops.pad(x * x, ((0, 0),) * (len(x.shape) - 1) + ((before, self.size - before - 1),))
        around = sum(squares[..., shift : shift + x.shape[-1]] for shift in range(self.size))
        return x / (self.k + self.alpha * around) ** self.beta
''',
    "PositionBias": '''
class PositionBias(layers.Layer):
    """A bias for every place of every map."""

    def build(self, shape):
        self.bias = self.add_weight(shape=tuple(shape[1:]), initializer="zeros")

    def call(self, x):
        return x + self.bias
''',
    "PartialConv2D": '''
class PartialConv2D(layers.Layer):
    """A convolution in which each filter sees some maps only: table[filter] lists them."""

    def __init__(self, table, size, stride):
        super().__init__()
        self.table, self.size, self.stride = table, size, stride

    def build(self, shape):
        self.maps, count = shape[-1], sum(map(len, self.table))
        self.kernels = self.add_weight(shape=(count, *self.size))
        self.bias = self.add_weight(shape=(len(self.table),), initializer="zeros")

    def call(self, x):
        places = [(channel, place) for place, row in enumerate(self.table) for channel in row]
        full = keras.ops.scatter(places, self.kernels, (self.maps, len(self.table), *self.size))
        return keras.ops.conv(x, keras.ops.transpose(full, (2, 3, 0, 1)), self.stride) + self.bias
''',
    "RadialBasis": '''
class RadialBasis(layers.Layer):
    """Squared distances to a code for each class; the codes are chosen, not learned."""

    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        self.codes = self.add_weight(shape=(self.units, shape[-1]), initializer="ones", trainable=False)

    def call(self, x):
        return keras.ops.sum((x[:, None] - self.codes) ** 2, axis=2)
''',
}
