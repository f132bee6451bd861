"""What stops the dashboard from starting."""


class StartError(Exception):
    """The dashboard cannot start; the text is one sentence for the operator."""


class BuildError(StartError):
    """The frontend is not built, or could not be."""


class BindError(StartError):
    """The address cannot be listened on."""
