// A part whose picture depends on its width: it is drawn anew with other data, and in another room.

class Fitted {
  constructor(root) {
    this.root = root;
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(root);
  }

  update(data) {
    this.data = data;
    this.width = undefined;
    this.fit();
  }

  fit() {
    const width = this.root.clientWidth;
    if (!this.data || !width || width === this.width) return;
    this.width = width;
    this.draw(width);
  }

  close() {
    this.observer.disconnect();
  }
}
