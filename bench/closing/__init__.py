"""The last minutes of a call: hundreds write and save, many send, and what came of all of it is looked up afterwards."""
