"""The window: what a person sees and does. It asks and changes the register through `riskreg`, never through its storage."""

from ui.immortal import keep_constants_alive

keep_constants_alive()
