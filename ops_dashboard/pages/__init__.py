"""The pages: each composes sections, nothing else."""
