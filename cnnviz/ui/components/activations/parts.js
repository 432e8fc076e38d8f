// The parts of this component.

const PARTS = { curves: Curves, shares: Shares, maps: Maps };
const NAMES = { curves: "Curves of the activations", shares: "Softmax", maps: "Feature map and activation map" };
