// The parts of this component.

const PARTS = { wipe: Wipe, probe: Probe, histogram: Histogram };
const NAMES = { wipe: "Before and after", probe: "How this pixel was made", histogram: "Histogram" };
