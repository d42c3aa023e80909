/* The lesson: one permutation, and the parts that show what networks do with it. */

class Lesson {
  constructor() {
    const data = JSON.parse(element("data").textContent);
    this.targets = [3, 7, 4, 0, 2, 6, 1, 5];
    this.picker = new Picker(this);
    this.practice = new Practice(this);
    this.story = new Story(this);
    this.comparison = new Comparison(this);
    this.trained = new TrainedNetwork(this, data.trained);
    this.choose(this.targets, "");
  }

  /* Another permutation, and what has been done to get it. */
  choose(targets, what) {
    this.targets = targets;
    this.picker.show();
    this.story.begin();
    this.comparison.show();
    for (const part of document.querySelectorAll(".permutation")) {
      part.textContent = targets.map((target, input) => `${input}→${target}`).join(" ");
    }
    // Last, as it says what there is to say.
    this.practice.begin(what);
  }

  /* Tells those who hear the page what has changed. */
  say(text) {
    const said = element("said");
    // The same words twice are read twice.
    said.textContent = said.textContent === text ? `${text}\u00a0` : text;
  }
}

function element(id) { return document.getElementById(id); }

const lesson = new Lesson();
