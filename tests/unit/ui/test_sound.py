"""Whether a page may sound: the browser may want a click first, or be unable to."""

from tests.unit.ui.node import run

CONTEXT = """
const log = [];
let allowed = true;
const open = () => {
  log.push("open");
  const tone = () => ({ frequency: {}, connect() {}, start() {}, stop() { log.push("beep") } });
  const gain = { setValueAtTime() {}, linearRampToValueAtTime() {} };
  return {
    state: "suspended", currentTime: 0, createOscillator: tone, createGain: () => ({ gain, connect() {} }),
    // A browser that wants a click first leaves the question open.
    resume() { if (!allowed) return new Promise(() => {}); this.state = "running"; return Promise.resolve() },
    suspend() { this.state = "suspended"; log.push("sleep"); return Promise.resolve() },
  };
};
const sound = m.createSound(open);
"""


def _run(body: str) -> object:
    return run("ops_sound.js", f"{CONTEXT} {body}")


def test_nothing_is_opened_before_it_is_needed():
    assert _run("return [sound.state.get(), log]") == ["unknown", []]


def test_it_beeps_and_sleeps_again():
    assert _run('return [await sound.play("warning", 60), sound.state.get(), log]') == [
        True,
        "ready",
        ["open", "beep", "sleep"],
    ]


def test_it_tells_that_it_is_blocked_until_a_click_and_then_sounds():
    body = """
    allowed = false;
    const before = [await sound.play("warning", 60), sound.state.get()];
    allowed = true;
    const click = [await sound.ready(), sound.state.get()];
    return [before, click, await sound.play("warning", 60), log];
    """
    assert _run(body) == [
        [False, "blocked"],
        [True, "ready"],
        True,
        ["open", "sleep", "beep", "sleep"],
    ]


def test_a_sound_that_does_not_start_in_spite_of_a_click_is_not_called_blocked():
    body = """
    allowed = false;
    const activation = { isActive: true };
    Object.defineProperty(navigator, "userActivation", { value: activation });
    const click = [await sound.ready(), sound.state.get()];
    activation.isActive = false;
    const later = [await sound.play("warning", 60), sound.state.get()];
    allowed = true;
    return [click, later, await sound.play("warning", 60), sound.state.get()];
    """
    assert _run(body) == [[False, "silent"], [False, "silent"], True, "ready"]


def test_two_sounds_at_once_do_not_cut_each_other_short():
    body = 'await Promise.all([sound.play("warning", 60), sound.play("critical", 60)]); return log'
    assert _run(body) == ["open", "beep", "beep", "beep", "sleep"]


def test_a_browser_without_audio_is_asked_once():
    body = """
    let asked = 0;
    const mute = m.createSound(() => { asked += 1; throw new TypeError("no such class") });
    return [await mute.play("critical", 60), await mute.ready(), mute.state.get(), asked];
    """
    assert _run(body) == [False, False, "unsupported", 1]
