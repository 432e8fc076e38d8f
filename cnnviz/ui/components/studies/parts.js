// The parts of this component.

const PARTS = { table: SheetTable, bars: BackToBack, story: Story, signals: Signals };
const NAMES = { table: "Table", bars: "Where parameters and work are", story: "ImageNet over the years", signals: "One block in numbers" };
