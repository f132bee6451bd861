// The sounds: short tones, generated. Pure but for the audio context they are given.

const RISE = 0.01; // seconds from silence to full and back: without it a tone clicks
const LOUDEST = 0.5;

const TONES = {
  critical: [
    { at: 0, hertz: 988, seconds: 0.22 },
    { at: 0.32, hertz: 988, seconds: 0.22 },
  ],
  warning: [{ at: 0, hertz: 660, seconds: 0.3 }],
};

/** The tones of a severity: when each begins, its pitch, and how long it lasts (seconds). */
export const tonesOf = (severity) => TONES[severity] ?? [];

/** How long a severity sounds, in seconds. */
export const lengthOf = (severity) => Math.max(0, ...tonesOf(severity).map(({ at, seconds }) => at + seconds));

/** The gain of a volume of 0–100: the ear hears ratios, so it grows with the square. */
export const gainOf = (volume) => LOUDEST * (Math.min(100, Math.max(0, volume)) / 100) ** 2;

/** Has a running audio context play the tones of a severity, from now on. */
export function schedule(context, severity, volume) {
  for (const { at, hertz, seconds } of tonesOf(severity)) {
    const begin = context.currentTime + at;
    const end = begin + seconds;
    const envelope = context.createGain();
    envelope.gain.setValueAtTime(0, begin);
    envelope.gain.linearRampToValueAtTime(gainOf(volume), begin + RISE);
    envelope.gain.setValueAtTime(gainOf(volume), end - RISE);
    envelope.gain.linearRampToValueAtTime(0, end);
    envelope.connect(context.destination);
    const tone = context.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(envelope);
    tone.start(begin);
    tone.stop(end);
  }
}
