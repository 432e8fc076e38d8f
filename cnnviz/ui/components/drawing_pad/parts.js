// The parts of this component.

const PARTS = { pad: Pad, view: View, tiles: Tiles, rates: Rates };
const NAMES = { pad: "Drawing pad", view: "What the network sees and says", tiles: "Small pictures", rates: "Shares" };
