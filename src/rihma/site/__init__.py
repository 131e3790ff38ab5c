"""Settings, addresses, the server and the first page: the only place that knows every area."""
