"""The sounds: short, distinct, and as loud as chosen."""

import pytest

from tests.unit.ui.node import run

CONTEXT = """
const played = [];
const param = (log) => ({
  setValueAtTime: (value, at) => log.push([at, value]),
  linearRampToValueAtTime: (value, at) => log.push([at, value]),
});
const context = {
  currentTime: 10,
  destination: "speakers",
  createGain() { const gains = []; return { gains, gain: param(gains), connect(to) { this.to = to } } },
  createOscillator() {
    const tone = { frequency: {}, connect(to) { tone.gains = to.gains; tone.out = to.to },
      start(at) { tone.begin = at }, stop(at) { tone.end = at; played.push(tone) } };
    return tone;
  },
};
"""


def _played(severity: str, volume: int) -> list[dict]:
    return run("ops_tones.js", f"{CONTEXT} m.schedule(context, '{severity}', {volume}); return played")


@pytest.mark.parametrize(("severity", "beeps"), [("critical", 2), ("warning", 1), ("info", 0)])
def test_a_severity_has_its_own_number_of_beeps(severity: str, beeps: int):
    tones = _played(severity, 60)
    assert len(tones) == beeps
    assert all(tone["out"] == "speakers" for tone in tones)


@pytest.mark.parametrize("severity", ["critical", "warning"])
def test_a_sound_is_over_within_a_second_and_its_beeps_do_not_overlap(severity: str):
    tones = _played(severity, 60)
    moments = [moment for tone in tones for moment in (tone["begin"], tone["end"])]
    assert moments == sorted(moments)
    assert moments[0] >= 10
    assert moments[-1] < 11
    assert run("ops_tones.js", f"return m.lengthOf('{severity}')") == pytest.approx(moments[-1] - 10)


def test_a_beep_begins_and_ends_in_silence():
    (tone,) = _played("warning", 100)
    assert [value for _at, value in tone["gains"]] == [0, 0.5, 0.5, 0]
    assert [at for at, _value in tone["gains"]] == sorted(at for at, _value in tone["gains"])


def test_more_volume_is_louder_and_stays_within_bounds():
    gains = run("ops_tones.js", "return [-5, 0, 10, 50, 100, 900].map(m.gainOf)")
    assert gains == sorted(gains)
    assert (gains[0], gains[-1]) == (0, 0.5)
    assert gains[2] > 0
