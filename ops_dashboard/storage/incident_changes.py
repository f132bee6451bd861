"""What is saved of alerts at once, and what is there at a start."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import State
from ops_dashboard.storage.bounds import bounded_key


@dataclass(frozen=True, slots=True)
class Changes:
    """States that changed, and what happened on the way, oldest first. Each event's key is among ``states``."""

    states: Mapping[Key, State | None]
    """None for an alert that is forgotten."""
    events: tuple[Event, ...] = ()
    titles: Mapping[Key, str] = field(default_factory=dict)
    """The rule's title, for incidents that open."""
    messages: Mapping[Key, str] = field(default_factory=dict)
    """What an incident says, where no event tells."""

    def bounded(self) -> Self:
        """The same by the keys under which it is stored.

        Raises:
            ValueError: an event's key is not among the states.
        """
        if missing := {event.key for event in self.events} - self.states.keys():
            raise ValueError(f"events without their states: {sorted(missing)}")
        if all(bounded_key(key) == key for key in self.states):
            return self
        return replace(
            self,
            states={
                bounded_key(key): replace(state, key=bounded_key(key)) if state else None
                for key, state in self.states.items()
            },
            events=tuple(replace(event, key=bounded_key(event.key)) for event in self.events),
            titles={bounded_key(key): title for key, title in self.titles.items()},
            messages={bounded_key(key): message for key, message in self.messages.items()},
        )


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was remembered, to go on from."""

    states: dict[Key, State]
    ids: dict[Key, int]
    """Of the incidents that are open."""
    damaged: dict[Key, str] = field(default_factory=dict)
    """A sentence for each alert whose state cannot be read. Its incident, if any, goes on, or is ended, by the
    next save of that alert, which replaces the state."""
