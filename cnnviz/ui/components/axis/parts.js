// The parts of this component.

const PARTS = { axis: Axis, tables: Tables };
const NAMES = { axis: "Where every window falls", tables: "Output sizes for other settings" };
