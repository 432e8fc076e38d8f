// Where everything lies: the words with their two channels, and the maps with what becomes of them, column by column.

const GAP = { channel: 14, block: 34, row: 12, head: 22 };

class Places {
  constructor(page, width, height) {
    const { present } = page;
    const [words, length] = [page.words.length, page.image[0][0].length];
    const count = page.maps.length;
    this.narrow = width < 720;
    this.font = present ? 20 : this.narrow ? 12.5 : 15;
    this.length = length;
    this.label = Math.min(width * 0.22, this.font * 6.2);
    this.score = this.font * 4.6;
    const columns = this.narrow ? 2 * length : 2 * length + count;
    const taken = this.label + GAP.channel + (this.narrow ? 0 : GAP.block + this.score);
    this.cell = Math.min(present ? 84 : 58, (width - taken) / columns);
    this.column = this.narrow ? Math.min(58, (width - this.label - this.score) / count) : this.cell;
    const rows = this.narrow ? 2 * words + 3 : words + 4;
    const most = present ? 60 : 40;
    this.row = Math.max(this.narrow ? 30 : 30, Math.min(most, (height - 4 * GAP.head) / rows));
    const used = this.narrow ? width : this.label + GAP.channel + columns * this.cell + GAP.block + this.score;
    this.left = (width - used) / 2 + this.label;
    this.top = GAP.head;
    this.mapsLeft = this.narrow ? this.label : this.left + 2 * length * this.cell + GAP.channel + GAP.block;
    this.mapsTop = this.narrow ? this.top + words * this.row + 2 * GAP.head : this.top;
    const tallest = Math.max(...page.maps.map(({ values }) => values.length));
    const beside = this.narrow ? 0 : this.top + words * this.row;
    this.maximum = Math.max(beside, this.mapsTop + tallest * this.row) + GAP.row;
    this.classes = this.maximum + this.row + GAP.head;
    this.height = this.classes + page.classes.length * this.row + 4;
  }

  /** The left edge of a channel. */
  channel(at) {
    return this.left + at * (this.length * this.cell + GAP.channel);
  }

  map(at) {
    return this.mapsLeft + at * this.column;
  }

  rowOf(place) {
    return this.top + place * this.row;
  }
}
