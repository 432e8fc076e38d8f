// The parts of this component.

const PARTS = { gallery: Gallery, numbers: Numbers, classes: Classes, pixels: Pixels, table: Table, losses: Losses };
const NAMES = {
  gallery: "Gallery",
  numbers: "One image as numbers",
  classes: "Images of every class",
  pixels: "How often pixels occur",
  table: "What the first layer reads",
  losses: "Losses side by side",
};
