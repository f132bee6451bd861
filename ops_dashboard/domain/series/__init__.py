"""The past of every number shown: bounded series, finer for the last hour than for the last week."""
