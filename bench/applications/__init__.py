"""Lists of many applications, and each of them: how long they take, and how many a second beside the peer."""
