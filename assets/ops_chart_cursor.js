// The moment that is being looked at: shared by all charts of one range, so that they show it together. Pure.

const NOWHERE = Object.freeze({ owner: "", t: null, by: "", isPinned: false });

/** Cursors by group: {owner: the chart that moves it, t: unix seconds, by: mouse | touch | keyboard, isPinned}. */
export function createCursors() {
  const cursors = new Map();
  const listeners = new Set();
  return {
    read: (group) => cursors.get(group) ?? NOWHERE,
    put(group, cursor) {
      cursors.set(group, Object.freeze(cursor));
      listeners.forEach((listener) => listener());
    },
    /** Takes the cursor away if it is still the owner's. */
    drop(group, owner) {
      if (cursors.get(group)?.owner !== owner) return;
      cursors.delete(group);
      listeners.forEach((listener) => listener());
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const cursors = createCursors();
