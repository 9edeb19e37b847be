"""The way back: which scenes a reader has been at, so that each step can be undone and done again."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from kg.query.scene import Scene

__all__ = ["Trail", "trail"]

#: The most scenes that are remembered.
_MOST = 100


@dataclass(frozen=True)
class Trail:
    """The scenes in the order in which they were made, and the place of the one that is shown."""

    scenes: tuple[Scene, ...] = ()
    place: int = 0

    def at(self, scene: Scene) -> Trail:
        """The trail once ``scene`` is shown.

        The one before it was undone, the one after it was done again; any other is a new step, which drops what could
        have been done again.
        """
        if self.scenes and scene == self.scenes[self.place]:
            return self
        for place in (self.place - 1, self.place + 1):
            if 0 <= place < len(self.scenes) and self.scenes[place] == scene:
                return replace(self, place=place)
        scenes = (*self.scenes[: self.place + 1], scene)[-_MOST:]
        return Trail(scenes, len(scenes) - 1)

    @property
    def before(self) -> Scene | None:
        """What undoing leads back to."""
        return self.scenes[self.place - 1] if self.place > 0 else None

    @property
    def after(self) -> Scene | None:
        """What doing again leads to."""
        return self.scenes[self.place + 1] if self.place + 1 < len(self.scenes) else None


def trail(scene: Scene) -> Trail:
    """This reader's trail, now that ``scene`` is shown."""
    found: Trail = st.session_state.get("trail", Trail()).at(scene)
    st.session_state["trail"] = found
    return found
