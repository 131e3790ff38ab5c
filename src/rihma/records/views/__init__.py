"""Pages for those who keep the register, for the team that marks, and for whoever asks for documents."""
