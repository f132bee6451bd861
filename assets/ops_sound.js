// Whether this page may sound, and sounding. A browser may want a click first.
import { pause } from "./ops_pause.js";
import { createStore } from "./ops_store.js";
import { lengthOf, schedule } from "./ops_tones.js";

const PATIENCE_MS = 300; // a context that may not start says nothing, it just does not start
const DEVICE_MS = 2000; // within a click it may start, but browsers open the device first, and wait for one for ever
const TAIL_MS = 100;

const isPressed = () => Boolean(navigator.userActivation?.isActive);

/**
 * The page's sound. `state` is "unknown", "ready", "blocked" (until a click), "silent" (in spite of a click) or
 * "unsupported".
 * The audio context is made by `open()` when first needed and sleeps whenever nothing sounds.
 */
export function createSound(open) {
  const state = createStore("unknown");
  let context = null;
  let busy = 0;

  /** Call `use` while the context runs; false when it does not start. */
  const awake = async (use) => {
    if (state.get() === "unsupported") return false;
    try {
      context ??= open();
    } catch {
      state.set("unsupported"); // no such class, or no device to play on
      return false;
    }
    const pressed = isPressed();
    await Promise.race([context.resume(), pause(pressed ? DEVICE_MS : PATIENCE_MS)]);
    const runs = context.state === "running";
    const refused = pressed || state.get() === "silent" ? "silent" : "blocked";
    state.set(runs ? "ready" : refused);
    if (!runs) return false;
    busy += 1;
    try {
      await use(context);
    } finally {
      busy -= 1;
      if (busy === 0) await context.suspend();
    }
    return true;
  };

  return {
    state,
    /** Find out whether it may sound; within a click or a key press this is what allows it. */
    ready: () => awake(() => {}),
    /** Sound for a severity, at a volume of 0–100; resolves when it is over, to whether it could be heard. */
    play: (severity, volume) =>
      awake((running) => {
        schedule(running, severity, volume);
        return pause(lengthOf(severity) * 1000 + TAIL_MS);
      }),
  };
}

/** The page's own. */
export const sound = createSound(() => new AudioContext());
