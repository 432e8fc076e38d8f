"""See, number by number, what a convolutional neural network does."""
