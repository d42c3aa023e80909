/* How the columns of switches of a network are wired. Switch k of a column is between positions 2k and 2k + 1. */

/* Upper outputs to the upper half of a block, lower ones to the lower half. */
function unshuffledPlace(position, block) {
  const place = position % block;
  return position - place + (place % 2) * (block / 2) + Math.floor(place / 2);
}

/* The way back: the halves of a block like two halves of a pack of cards. */
function shuffledPlace(position, block) {
  const place = position % block;
  return position - place + (2 * place) % block + (place >= block / 2 ? 1 : 0);
}

const FORMS = {
  textbook: "as textbooks draw it",
  shuffles: "as an RSE network is wired",
  waksman: "Waksman's network",
  omega: "omega network",
};

class Wiring {
  /*
    `form` is one of FORMS. Of `shuffles` there may be several blocks, one after another, as in RSE networks; the column
    behind the last one completes it.
  */
  constructor(form, count, blocks = 1) {
    this.form = form;
    this.count = count;
    this.levels = Math.log2(count);
    this.blocks = blocks;
    this.columns = form === "omega" ? this.levels : blocks * 2 * (this.levels - 1) + 1;
  }

  /* The position in front of the next column, or of the output, that a wire leads to. */
  next(position, column) {
    const { count, levels, form } = this;
    if (form === "omega") return shuffledPlace(position, count);
    if (column === this.columns - 1) return position;
    const half = levels - 1;
    const inner = column % (2 * half);
    if (form === "shuffles") return inner < half ? unshuffledPlace(position, count) : shuffledPlace(position, count);
    return inner < half
      ? unshuffledPlace(position, count >> inner)
      : shuffledPlace(position, count >> (2 * half - 1 - inner));
  }

  /* Of Waksman's network the first switch of each inner network's last column is a pair of wires. */
  hasSwitch(number, column) {
    if (this.form !== "waksman" || column < this.levels) return true;
    return number % ((this.count / 2) >> (this.columns - 1 - column)) !== 0;
  }

  get switches() {
    let sum = 0;
    for (let column = 0; column < this.columns; column += 1) {
      for (let number = 0; number < this.count / 2; number += 1) sum += this.hasSwitch(number, column) ? 1 : 0;
    }
    return sum;
  }

  /* All switches with one setting: false for straight, true for crossed, null for one that is open. */
  settings(value) {
    return Array.from({ length: this.columns }, () => new Array(this.count / 2).fill(value));
  }

  /*
    The elements in front of each column and behind the last wires, and behind the switches of each column. An element
    is known up to the first open switch from the left, and with `outputs` from the right.
  */
  follow(settings, outputs = null) {
    const { count, columns } = this;
    const rows = (length) => Array.from({ length }, () => new Array(count).fill(null));
    const before = rows(columns + 1);
    const behind = rows(columns);
    before[0] = indices(count);
    for (let column = 0; column < columns; column += 1) {
      for (let position = 0; position < count; position += 1) {
        const crosses = settings[column][position >> 1];
        if (crosses !== null) behind[column][crosses ? position ^ 1 : position] = before[column][position];
      }
      for (let position = 0; position < count; position += 1) {
        before[column + 1][this.next(position, column)] = behind[column][position];
      }
    }
    if (outputs) this.followBack(settings, outputs, before, behind);
    return { before, behind };
  }

  followBack(settings, outputs, before, behind) {
    before[this.columns] = outputs.slice();
    for (let column = this.columns - 1; column >= 0; column -= 1) {
      for (let position = 0; position < this.count; position += 1) {
        behind[column][position] ??= before[column + 1][this.next(position, column)];
      }
      for (let position = 0; position < this.count; position += 1) {
        const crosses = settings[column][position >> 1];
        if (crosses !== null) before[column][position] ??= behind[column][crosses ? position ^ 1 : position];
      }
    }
  }

  /* Settings of the textbook's network for the same switches of the one wired by shuffles. */
  static byShuffles(settings, count) {
    const from = new Wiring("textbook", count);
    const to = new Wiring("shuffles", count);
    let twin = indices(count);
    return settings.map((column, index) => {
      const result = new Array(count / 2);
      const next = new Array(count);
      for (let position = 0; position < count; position += 1) {
        result[twin[position] >> 1] = column[position >> 1];
        next[from.next(position, index)] = to.next(twin[position], index);
      }
      twin = next;
      return result;
    });
  }
}

/* A switch by the positions on both sides of it. */
const switchName = (number) => `${2 * number}/${2 * number + 1}`;
