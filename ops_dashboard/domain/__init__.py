"""Pure rules: metrics, status, units and views. No I/O, no framework, no clock of its own."""
