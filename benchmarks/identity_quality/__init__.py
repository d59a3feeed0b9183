"""How well a face is told from others as its picture gets worse, and where ``vision.types.FLOOR`` belongs."""
