// At most one chart is painted per animation frame, so that a refresh that changes them all makes no long task.

// Recharts goes on with a chart in the frame after its turn: that one is left to it.
const everyOther = (run) => requestAnimationFrame(() => requestAnimationFrame(run));

/** A queue of paints; asking again before the turn came replaces what was asked. */
export function createTurns(frame = everyOther) {
  const waiting = new Map();
  const next = () => {
    const [who, paint] = waiting.entries().next().value ?? [];
    if (who === undefined) return;
    waiting.delete(who);
    if (waiting.size) frame(next);
    paint();
  };
  return {
    take(who, paint) {
      if (waiting.size === 0) frame(next);
      waiting.set(who, paint);
    },
    leave: (who) => waiting.delete(who),
  };
}

export const turns = createTurns();
