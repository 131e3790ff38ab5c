"""make bench B=canvas: our live canvases beside Hocuspocus and y-websocket, under one load generator."""
