"""Desktop notifications: whether they are possible, why not, and showing one."""

import pytest

from tests.unit.ui.node import run


@pytest.mark.parametrize(
    ("window", "permission"),
    [
        ("{ isSecureContext: false }", "insecure"),
        ("{ isSecureContext: false, Notification: { permission: 'granted' } }", "insecure"),
        ("{ isSecureContext: true }", "unsupported"),
        ("{ isSecureContext: true, Notification: { permission: 'denied' } }", "denied"),
        ("{ isSecureContext: true, Notification: { permission: 'default' } }", "default"),
    ],
)
def test_the_reason_is_known(window: str, permission: str):
    assert run("ops_notification.js", f"return m.permissionOf({window})") == permission


BROWSER = """
const shown = [];
class Notification extends EventTarget {
  static permission = "granted";
  static asked = 0;
  static async requestPermission() { Notification.asked += 1; return (Notification.permission = "denied") }
  constructor(title, options) { super(); shown.push(this); Object.assign(this, { title, options, closed: false }) }
  close() { this.closed = true }
}
globalThis.Notification = Notification;
globalThis.window = { isSecureContext: true, Notification, fronted: 0, focus() { this.fronted += 1 } };
"""


def _run(body: str) -> object:
    return run("ops_notification.js", f"{BROWSER} {body}")


def test_a_notification_is_silent_replaces_the_one_before_and_leads_back_to_the_tab():
    body = """
    m.showNotification({ title: "Critical alert", body: "Error rate is 12 %" });
    const [{ title, options }] = shown;
    shown[0].dispatchEvent(new Event("click"));
    const { body, silent, tag, renotify } = options;
    return [title, body, silent, Boolean(tag), renotify, shown[0].closed, window.fronted];
    """
    assert _run(body) == ["Critical alert", "Error rate is 12 %", True, True, True, True, 1]


def test_none_is_tried_without_permission():
    body = 'Notification.permission = "denied"; return [m.showNotification({ title: "x", body: "" }), shown.length]'
    assert _run(body) == [False, 0]


def test_a_phone_that_lets_no_page_show_one_is_known_as_such():
    body = """
    window.Notification = globalThis.Notification = Object.assign(
      function () { throw new TypeError("Illegal constructor") }, { permission: "granted" });
    return [m.showNotification({ title: "x", body: "" }), m.permission.get()];
    """
    assert _run(body) == [False, "unsupported"]


def test_the_user_is_asked_only_while_undecided():
    body = """
    Notification.permission = "default";
    return [await m.askPermission(), await m.askPermission(), Notification.asked, m.permission.get()];
    """
    assert _run(body) == ["denied", "denied", 1, "denied"]
