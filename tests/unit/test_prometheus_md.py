"""The metrics that the documentation names are those that there are, and its rules and configuration hold water."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from ops_dashboard.serving.metric_families import metric_families
from tests.unit.serving.own_vitals import DROPPED, KNOWN

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROWS = dict(re.findall(r"^\| `(ops_dashboard_\w+)` \| (.+?) \|", README, re.MULTILINE))
EXPOSED = {
    sample.name: set(sample.labels) for one in metric_families(KNOWN, DROPPED) for sample in one.samples
}


def only_block(path: Path) -> Any:
    """What the one block of YAML of a page says."""
    (text,) = BLOCK.findall(path.read_text(encoding="utf-8"))
    return yaml.safe_load(text)


(GROUP,) = only_block(ROOT / "docs" / "prometheus.md")["groups"]
RULES: list[dict[str, Any]] = GROUP["rules"]


def test_the_readme_lists_every_metric_with_its_labels_and_no_other() -> None:
    assert {name: set(re.findall(r"`(\w+)`", labels)) for name, labels in ROWS.items()} == EXPOSED


def test_the_readme_names_the_states_and_reasons_that_there_are() -> None:
    for name, label in (
        ("source_circuit", "state"),
        ("alerts_open", "handling"),
        ("events_dropped", "reason"),
    ):
        (line,) = (line for line in README.splitlines() if line.startswith(f"| `ops_dashboard_{name}"))
        (family,) = (one for one in metric_families(KNOWN, DROPPED) if one.name == f"ops_dashboard_{name}")
        for word in {sample.labels[label] for sample in family.samples}:
            assert f"`{word}`" in line


def test_the_scrape_configuration_sends_the_token_to_where_the_metrics_are() -> None:
    (job,) = only_block(ROOT / "README.md")["scrape_configs"]
    assert set(job) == {"job_name", "authorization", "static_configs"}, "the path is Prometheus' default"
    assert set(job["authorization"]) == {"credentials_file"}, "the type is Prometheus' default, Bearer"
    assert f'up{{job="{job["job_name"]}"}} == 0' in {rule["expr"] for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_rule_asks_for_metrics_and_labels_that_there_are(rule: dict[str, Any]) -> None:
    assert set(rule) - {"for"} == {"alert", "expr", "labels", "annotations"}
    assert re.fullmatch(r"OpsDashboard[A-Za-z]+", rule["alert"])
    assert re.fullmatch(r"\d+m", rule.get("for", "1m"))
    assert rule["labels"]["severity"] in {"critical", "warning"}
    names = set(re.findall(r"\b(ops_dashboard_\w+)\b", rule["expr"]))
    assert names <= set(EXPOSED)
    assert names or rule["expr"].startswith("up{")
    told = set(re.findall(r"\$labels\.(\w+)", str(rule["annotations"])))
    assert told <= set().union(*(EXPOSED[name] for name in names))


def test_there_is_one_rule_for_each_way_to_fail() -> None:
    names = [rule["alert"] for rule in RULES]
    assert len(names) == len(set(names)) == 4
