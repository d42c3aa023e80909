/* Mouse, pen and fingers on the roll and on the overview. */

class Pointer {
  /* - page: what is asked to move the view, to seek and to show notes. */
  constructor(page, roll, overview) {
    this.page = page;
    this.view = page.view;
    this.roll = roll;
    this.fingers = new Map();
    roll.addEventListener("pointerdown", (event) => this.down(event));
    roll.addEventListener("pointermove", (event) => this.move(event));
    roll.addEventListener("pointerup", (event) => this.up(event));
    roll.addEventListener("pointercancel", (event) => this.lift(event));
    roll.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") page.showTip(null);
    });
    roll.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.watchOverview(overview);
  }

  static place(event) {
    const frame = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  }

  down(event) {
    if (event.button !== 0) return;
    this.roll.setPointerCapture(event.pointerId);
    const place = Pointer.place(event);
    this.fingers.set(event.pointerId, place);
    this.isTap = this.fingers.size === 1;
    this.first = place;
  }

  move(event) {
    const place = Pointer.place(event);
    const before = this.fingers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") this.page.showTip(this.noteAt(place), place);
      return;
    }
    const reach = event.pointerType === "mouse" ? 4 : 9;
    if (Math.hypot(place.x - this.first.x, place.y - this.first.y) > reach) this.isTap = false;
    if (this.isTap) return;
    this.page.showTip(null);
    this.page.letGo();
    this.roll.classList.add("dragged");
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) this.pinch(before, place, other);
    this.view.move((before.x - place.x) / this.view.scale, (place.y - before.y) / this.view.key);
    this.fingers.set(event.pointerId, place);
    this.page.viewChanged();
  }

  /* One of two fingers moves: each direction has a scale of its own. */
  pinch(before, place, other) {
    const factor = (now, then) => {
      const [to, from] = [Math.abs(now), Math.abs(then)];
      return from > 40 && to > 40 ? to / from : 1;
    };
    const times = factor(place.x - other.x, before.x - other.x);
    const keys = factor(place.y - other.y, before.y - other.y);
    this.view.zoom(times, keys, before.x, before.y);
    // The other finger keeps its place; half of the way belongs to each.
    before.x += (place.x - before.x) / 2;
    before.y += (place.y - before.y) / 2;
  }

  up(event) {
    const place = Pointer.place(event);
    const isTap = this.isTap && this.fingers.has(event.pointerId);
    this.lift(event);
    if (!isTap) return;
    const note = this.noteAt(place);
    if (event.pointerType !== "mouse") {
      this.page.showTip(note, place);
      if (note) return;
    }
    this.page.seek(this.view.time(Math.max(place.x, this.view.left)));
  }

  lift(event) {
    this.fingers.delete(event.pointerId);
    this.roll.classList.remove("dragged");
    this.isTap = false;
  }

  noteAt(place) {
    const { view } = this;
    if (place.x < view.left || place.y < RULER) return null;
    return this.page.notes.at(view.time(place.x), view.pitch(place.y), 3 / view.scale);
  }

  /* The wheel scrolls in both directions, and in time where all keys are seen; with Ctrl or Alt it zooms. */
  wheel(event) {
    event.preventDefault();
    const { view } = this;
    const place = Pointer.place(event);
    const unit = [1, 30, view.roll][event.deltaMode];
    const [across, down] = [event.deltaX * unit, event.deltaY * unit];
    this.page.showTip(null);
    if (event.ctrlKey || event.metaKey || event.altKey) {
      const factor = Math.exp(clamp(-(down || across), -200, 200) / 300);
      if (event.altKey) view.zoom(1, factor, place.x, place.y);
      else view.zoom(factor, 1, place.x, place.y);
    } else if (event.shiftKey || !view.isTall) {
      view.move((across + down) / view.scale, 0);
    } else {
      view.move(across / view.scale, -down / view.key);
    }
    this.page.letGo();
    this.page.viewChanged();
  }

  watchOverview(overview) {
    const seek = (event) => {
      const frame = overview.getBoundingClientRect();
      this.page.seek(((event.clientX - frame.left) / frame.width) * this.view.seconds);
      this.page.reveal();
    };
    overview.addEventListener("pointerdown", (event) => {
      overview.setPointerCapture(event.pointerId);
      seek(event);
    });
    overview.addEventListener("pointermove", (event) => {
      if (overview.hasPointerCapture(event.pointerId)) seek(event);
    });
  }
}
