"""Khiếu nại, phản ánh: complaints about the handling of a dossier, and who may answer them."""
