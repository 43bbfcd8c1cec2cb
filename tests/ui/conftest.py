"""What the tests of the window stand on."""

from tests.window_fixtures import desk_file, open_window, robot, sample_file, small

__all__ = ["desk_file", "open_window", "robot", "sample_file", "small"]
