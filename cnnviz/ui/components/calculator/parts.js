// The parts of this component.

const PARTS = { layer: LayerView, answers: Answers };
const NAMES = { layer: "The layer, drawn and counted", answers: "Settings that give a size" };
