"""Papers for an ethics board, made from a study's settings: application, information sheet and impact assessment."""
