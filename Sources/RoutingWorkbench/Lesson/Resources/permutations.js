/* Permutations: input i goes to output `targets[i]`. */

const SIZES = [4, 8, 16];

/* "3", "3 and 5", "1, 2 and 5", and of many the first six. */
function listing(numbers) {
  if (numbers.length > 6) return `${numbers.slice(0, 6).join(", ")} and ${numbers.length - 6} more`;
  if (numbers.length < 2) return numbers.length === 0 ? "none" : `${numbers[0]}`;
  return `${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}

const isOrAre = (numbers) => (numbers.length === 1 ? "is" : "are");

function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/* The permutation that a text tells, as `{ targets }`; where it tells none, `{ message, remedy }`. */
function readPermutation(text) {
  const words = text.split(/[\s,[\]]+/u).filter((word) => word !== "");
  if (words.length === 0) {
    return { message: "no permutation is given", remedy: "write where each input goes, such as 3 1 0 2" };
  }
  const wrong = words.find((word) => !/^[+-]?\d+$/u.test(word));
  if (wrong !== undefined) {
    return { message: `\`${wrong}\` is no whole number`, remedy: "write where each input goes, such as 3 1 0 2" };
  }
  const targets = words.map(Number);
  const fault = faultOf(targets);
  if (fault) return fault;
  if (!SIZES.includes(targets.length)) {
    return {
      message: `these are ${counted(targets.length, "number")}, and the networks here have 4, 8 or 16 inputs`,
      remedy: "write 4, 8 or 16 numbers",
    };
  }
  return { targets };
}

/* Whether numbers are each of 0 … n − 1 once. */
const isPermutation = (targets) => [...targets].sort((one, other) => one - other).every((target, place) => target === place);

/* What is wrong with numbers that should be each of 0 … n − 1 once; null where nothing is. */
function faultOf(targets) {
  const count = targets.length;
  const times = new Array(count).fill(0);
  for (const target of targets) if (target >= 0 && target < count) times[target] += 1;
  const missing = [...times.keys()].filter((place) => times[place] === 0);
  const outside = targets.find((target) => target < 0 || target >= count);
  if (outside !== undefined) {
    return {
      message: `this is not a permutation: ${outside} is no place of ${count} elements, 0 to ${count - 1}`
        + (missing.length === 0 ? "" : `; ${listing(missing)} ${isOrAre(missing)} missing`),
      remedy: isPermutation(targets.map((target) => target - 1))
        ? "places are counted from 0: take 1 off each number" : "name each place from 0 on once",
    };
  }
  if (missing.length === 0) return null;
  const twice = [...times.keys()].filter((place) => times[place] > 1);
  return {
    message: `this is not a permutation: ${listing(twice)} ${isOrAre(twice)} there more than once, `
      + `${listing(missing)} ${isOrAre(missing)} missing`,
    remedy: "name each place from 0 on once",
  };
}

const bitsOf = (count) => Math.log2(count);

/* An index whose bits are rotated to the left. */
function rotated(index, bits, steps) {
  const turn = ((steps % bits) + bits) % bits;
  return ((index << turn) | (index >> (bits - turn))) & ((1 << bits) - 1);
}

function readBackwards(index, bits) {
  let result = 0;
  for (let bit = 0; bit < bits; bit += 1) result = (result << 1) | ((index >> bit) & 1);
  return result;
}

function shuffled(count) {
  const targets = [...Array(count).keys()];
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    [targets[last], targets[other]] = [targets[other], targets[last]];
  }
  return targets;
}

const indices = (count) => [...Array(count).keys()];

/* The permutations with a name, in the order of their buttons. */
const PRESETS = [
  { name: "random", targets: shuffled },
  { name: "identity", targets: indices },
  { name: "reversal", targets: (count) => indices(count).reverse() },
  { name: "bit reversal", targets: (count) => indices(count).map((index) => readBackwards(index, bitsOf(count))) },
  {
    name: "transpose",
    /* Of a square matrix, of 8 elements one with 4 rows. */
    targets: (count) => indices(count).map((index) => rotated(index, bitsOf(count), Math.ceil(bitsOf(count) / 2))),
  },
  { name: "perfect shuffle", targets: (count) => indices(count).map((index) => rotated(index, bitsOf(count), 1)) },
];

/* The permutation that moves each element back. */
function inverse(targets) {
  const sources = new Array(targets.length);
  targets.forEach((target, source) => { sources[target] = source; });
  return sources;
}
