// Choosing how this browser interrupts: the parts of the form that need the browser itself.
import { useEffect, useId, useRef, useSyncExternalStore } from "react";
import { DEFAULTS, choices, choose } from "$/public/ops_alert_choices";
import { askPermission, permission } from "$/public/ops_notification";
import { requestSound } from "$/public/ops_request_sound";
import { sound } from "$/public/ops_sound";

const useStore = (store, placeholder) => useSyncExternalStore(store.subscribe, store.get, () => placeholder);

/** Turning notifications on asks for permission; they are on only with it. */
async function setNotifications(on) {
  choose({ notifications: on && (await askPermission()) === "granted" });
}

/** What is chosen and what the browser allows, and the means to change it. */
export function useBrowserAlerts() {
  const chosen = useStore(choices, DEFAULTS);
  const permitted = useStore(permission, "unsupported");
  const heard = useStore(sound.state, "unknown");
  return {
    ...chosen,
    notifications: chosen.notifications && permitted === "granted",
    permission: permitted,
    soundState: heard,
    setSound: (on) => choose({ sound: on }),
    setSoundFrom: (severity) => choose({ soundFrom: severity }),
    setNotifications,
    setNotificationsFrom: (severity) => choose({ notificationsFrom: severity }),
    testSound: () => requestSound("critical", choices.get().volume),
  };
}

/** The slider "Volume", with its value beside it. */
export function Volume() {
  const { volume } = useStore(choices, DEFAULTS);
  const id = useId();
  return (
    <div className="flex min-h-8 w-full max-w-72 items-center gap-3">
      <label htmlFor={id} className="text-xs text-muted">
        Volume
      </label>
      <input
        id={id}
        type="range"
        min={10}
        max={100}
        step={10}
        value={volume}
        aria-valuetext={`${volume} %`}
        onChange={(event) => choose({ volume: event.target.valueAsNumber })}
        className="h-6 min-w-0 flex-1 accent-accent"
      />
      <span aria-hidden="true" className="w-10 shrink-0 text-xs">{`${volume} %`}</span>
    </div>
  );
}

const PRESSES = ["Enter", " "]; // the click may come too late: any key press unlocks, and the button is gone

/** Shown while the browser wants a click before it sounds; then the focus goes on to the element of id `next`. */
export function UnlockSound({ next, className, children }) {
  const state = useStore(sound.state, "unknown");
  const pressed = useRef(false);
  useEffect(() => {
    if (state === "blocked" || !pressed.current) return;
    pressed.current = false;
    document.getElementById(next)?.focus();
  }, [state, next]);
  if (state !== "blocked") return null;
  const press = () => {
    pressed.current = true;
    sound.ready();
  };
  return (
    <button type="button" className={className} onMouseDown={press} onKeyDown={(event) => PRESSES.includes(event.key) && press()}>
      {children}
    </button>
  );
}
