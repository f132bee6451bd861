// Every wish for a sound goes through here, where others may watch it, whether or not it can be heard.
import { sound } from "./ops_sound.js";

/** Sound for a severity at a volume of 0–100, and tell the window by the event "ops:sound". */
export function requestSound(severity, volume) {
  window.dispatchEvent(new CustomEvent("ops:sound", { detail: { severity } }));
  return sound.play(severity, volume);
}
