// Desktop notifications: whether they are possible here, and showing one.
import { createStore } from "./ops_store.js";

const TAG = "ops-dashboard"; // a later notification replaces the one before

/** "granted", "default" (to be asked), "denied", "insecure" (needs HTTPS or localhost) or "unsupported". */
export function permissionOf({ isSecureContext, Notification }) {
  if (!isSecureContext) return "insecure";
  return Notification ? Notification.permission : "unsupported";
}

/** What is permitted now. The user may change it at any time, outside of the page. */
export const permission = createStore("unsupported");

const look = () => permission.set(permissionOf(window));

if (typeof window !== "undefined") {
  look();
  window.addEventListener("focus", look);
}

/** Ask for permission, if that was not decided yet; resolves to what is permitted then. Call it within a click. */
export async function askPermission() {
  look();
  if (permission.get() === "default") await Notification.requestPermission();
  look();
  return permission.get();
}

/** Show one, without a sound of its own; a click on it brings this tab to the front. */
export function showNotification({ title, body }) {
  look();
  if (permission.get() !== "granted") return false;
  let shown = null;
  try {
    shown = new Notification(title, { body, tag: TAG, renotify: true, silent: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    permission.set("unsupported"); // phones have the class, but only let a service worker use it
    return false;
  }
  shown.addEventListener("click", () => {
    window.focus();
    shown.close();
  });
  return true;
}
