from tests.cli.conftest import *  # noqa: F403 - the command line is tried here too
