// The parts of this component.

const PARTS = {
  network: Drawing,
  sums: Sums,
  answer: Answer,
  pair: Pair,
  filters: Filters,
  confusion: Confusion,
  gallery: Gallery,
  lines: Lines,
};
const NAMES = {
  network: "The network",
  answer: "Units and their weights",
  pair: "Before and after",
  filters: "Filters",
  confusion: "Who was taken for whom",
  gallery: "Images",
  sums: "How this map is made",
  lines: "Accuracy on shifted images",
};
