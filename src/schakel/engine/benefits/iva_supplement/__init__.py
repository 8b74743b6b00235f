"""IVA supplement, and the fixed supplement on top of the WIA."""
