"""Sổ theo dõi hồ sơ (form06): what a one-stop received, sent on, got back and handed out."""
