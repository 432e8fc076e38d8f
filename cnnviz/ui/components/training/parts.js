// The parts of this component.

const PARTS = { curves: Curves, inside: Inside, gradients: Gradients, answers: Answers };
const NAMES = {
  curves: "Loss and accuracy",
  inside: "One image in the network",
  gradients: "Gradient size by layer",
  answers: "Confusion matrix and mistakes",
};
