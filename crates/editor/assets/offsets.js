// Offsets: JavaScript counts UTF-16 units, files and the server count code points.

const STRIDE = 512;

export class Offsets {
  constructor(text) {
    this.text = text;
    this.points = [];
    this.plain = !/[\ud800-\udfff]/.test(text);
    if (this.plain) {
      this.length = text.length;
      return;
    }
    let points = 0;
    for (let unit = 0; unit < text.length; unit++) {
      if (unit % STRIDE === 0) this.points.push(points);
      if (!this.#inside(unit)) points++;
    }
    this.length = points;
  }

  /** Whether a unit is the second half of a character. */
  #inside(unit) {
    const code = this.text.charCodeAt(unit);
    if (code < 0xdc00 || code > 0xdfff || unit === 0) return false;
    const before = this.text.charCodeAt(unit - 1);
    return before >= 0xd800 && before <= 0xdbff;
  }

  /** Code points before a UTF-16 offset. */
  toPoint(unit) {
    if (this.plain) return unit;
    if (unit >= this.text.length) return this.length;
    const block = Math.floor(unit / STRIDE);
    let points = this.points[block];
    for (let at = block * STRIDE; at < unit; at++) if (!this.#inside(at)) points++;
    return points;
  }

  /** UTF-16 units before a code point. */
  toUnit(point) {
    if (this.plain) return point;
    if (point >= this.length) return this.text.length;
    let [low, high] = [0, this.points.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.points[middle] <= point) low = middle;
      else high = middle - 1;
    }
    let [unit, points] = [low * STRIDE, this.points[low]];
    while (this.#inside(unit)) unit++;
    while (points < point) {
      unit++;
      while (this.#inside(unit)) unit++;
      points++;
    }
    return unit;
  }
}
