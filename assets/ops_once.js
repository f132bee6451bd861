// Of several tabs of one browser, only one sounds and notifies.
import { isLater, recall } from "./ops_interruption.js";
import { pause } from "./ops_pause.js";

const KEY = "ops.interruption.taken"; // the latest that some tab took
const HOLD_MS = 30_000; // longer than any tab needs to hear of an interruption and read what was taken
const SETTLE_MS = 200; // for tabs without locks: until everybody reads the same

const taken = (storage, { id, boot = "", at }) => {
  const latest = recall(storage, KEY);
  return latest !== null && !isLater({ id, boot, at }, latest);
};

const take = (storage, { id, boot = "", at }, by) => storage.setItem(KEY, JSON.stringify({ id, boot, at, by }));

/** By Web Locks: the first tab has it. What is stored may reach other tabs late, so the lock is held meanwhile. */
const takeByLock = (interruption, storage, locks) =>
  new Promise((resolve, reject) => {
    const name = `${KEY} ${interruption.boot} ${interruption.id} ${interruption.at}`;
    const held = locks.request(name, { ifAvailable: true }, (lock) => {
      const mine = lock !== null && !taken(storage, interruption);
      if (mine) take(storage, interruption, "");
      resolve(mine);
      return mine ? pause(HOLD_MS) : undefined;
    });
    held.catch(reject);
  });

/** Without locks (plain HTTP): each tab writes its name, and the last one that did has it. */
async function takeByName(interruption, storage) {
  if (taken(storage, interruption)) return false;
  const me = `${Math.random()}`;
  take(storage, interruption, me);
  await pause(SETTLE_MS);
  return JSON.parse(storage.getItem(KEY))?.by === me;
}

/** Whether this tab, alone of all, may make the noise about an interruption {id, boot, at}. */
export const mayInterrupt = (interruption, storage = localStorage, locks = navigator.locks) =>
  locks ? takeByLock(interruption, storage, locks) : takeByName(interruption, storage);
